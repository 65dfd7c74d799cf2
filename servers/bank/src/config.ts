import type { AchAgreement } from '@paddock/ach-drop'
import type { WorldClock } from '@paddock/service'
import type { OperatorStep } from './ach-operator/operator.ts'
import type { ApiClient } from './context.ts'

export interface BankConfig {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly databaseUrl: string
  readonly clock: WorldClock
  readonly keys: { readonly clientId: string; readonly secret: string }
  /** Other applications with keys of their own, e.g. the broker as the processor `alpaca`. */
  readonly partners?: readonly ApiClient[]
  /** 32 bytes: encrypts account numbers and owners, and derives the public tokens of Link sessions. */
  readonly cipherKey: Buffer
  /** Web origins whose pages may open Link. */
  readonly linkOrigins: readonly string[]
  /** Makes this the ACH operator of the firm that shares the file drop. */
  readonly ach?:
    | {
        readonly folder: string
        /** 32 bytes each: the first seals the files of the drop, the others still open. */
        readonly fileKeys: readonly Buffer[]
        /** Default: that of the simulated firm. */
        readonly agreement?: AchAgreement
        /** For tests: told of each step of the operator, and may end the process there. */
        readonly onStep?: (step: OperatorStep) => void
      }
    | undefined
  readonly logLevel: string
  /** Kept for simulations that need chance; nothing here is random yet. */
  readonly seed: string
}
