import { DomainError } from '@paddock/kernel'

export type DropRejection =
  | 'file_changed'
  | 'file_missing'
  | 'key_unknown'
  | 'name_not_allowed'
  | 'name_taken'
  | 'not_sealed'

/** Why a file was not put, or could not be read. Its details never hold a file's content. */
export class DropRefused extends DomainError<DropRejection> {
  override readonly name = 'DropRefused'
}
