import { DomainError } from '@paddock/kernel'

export type DatabaseTrouble =
  /** The folder cannot be made or written. */
  | 'data_folder_not_writable'
  /** The folder holds files that are no PostgreSQL cluster of ours. */
  | 'data_folder_foreign'
  /** Made by another major version of PostgreSQL. */
  | 'data_version_mismatch'
  /** Another process, which we did not start, runs on this folder. */
  | 'data_folder_in_use'
  /** PostgreSQL itself refused to start; its last words are in `log`. */
  | 'database_damaged'
  | 'platform_not_supported'

/** Why the embedded database could not be started; nothing is left running. */
export class DatabaseRefused extends DomainError<DatabaseTrouble> {
  override readonly name = 'DatabaseRefused'
}
