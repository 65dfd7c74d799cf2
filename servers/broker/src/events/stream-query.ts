import { DomainError } from '@paddock/kernel'

export type StreamRejection = 'cursor_invalid' | 'cursors_mixed' | 'too_many_streams' | 'until_without_since'

export class StreamRefused extends DomainError<StreamRejection> {
  override readonly name = 'StreamRefused'
}
