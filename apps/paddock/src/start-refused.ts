import { DomainError } from '@paddock/kernel'

export type StartTrouble =
  | 'settings'
  | 'usage'
  | 'ports_busy'
  | 'already_running'
  | 'secrets_missing'
  | 'secrets_unreadable'
  | 'database_unreachable'
  | 'not_running'
  | 'web_build_failed'
  | 'demo_failed'

/** Why Paddock did not start; `details.message` is for people. */
export class StartRefused extends DomainError<StartTrouble> {
  override readonly name = 'StartRefused'
}
