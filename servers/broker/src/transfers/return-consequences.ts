import { type ReturnClass, returnCodes } from '@paddock/nacha'

/** What a returned entry means for the bank account and for the customer, beside the money (contracts/nacha/answers.md §3). */
export type Consequences = {
  readonly class: ReturnClass | 'unknown'
  /** No entry goes to that bank account any more; it must be linked again. */
  readonly endsLink: boolean
  /** Nothing leaves the account until somebody has looked at it. */
  readonly blocksWithdrawals: boolean
  /** The same debit may be presented again, by an operator's decision. */
  readonly mayRetry: boolean
  /** Somebody must look at it, and why. */
  readonly alarm: string | undefined
}

type Row = Omit<Consequences, 'class'>

const nothing: Row = { endsLink: false, blocksWithdrawals: false, mayRetry: false, alarm: undefined }

const rows: Readonly<Record<Consequences['class'], Row>> = {
  insufficient_funds: { ...nothing, mayRetry: true },
  account_data: { ...nothing, endsLink: true },
  stop_payment: nothing,
  unauthorized: {
    ...nothing,
    endsLink: true,
    blocksWithdrawals: true,
    alarm: 'the customer says he did not ask for it',
  },
  halt: { ...nothing, endsLink: true, blocksWithdrawals: true, alarm: 'a case for compliance' },
  our_error: {
    ...nothing,
    alarm: 'our own entry was wrong: correct the cause, then it may be asked for again',
  },
  bank: nothing,
  not_ours: { ...nothing, alarm: 'a code that our entries cannot have' },
  // Private codes of banks: nobody knows, so nothing more happens by itself.
  unknown: { ...nothing, endsLink: true, blocksWithdrawals: true, alarm: 'a code that no table knows' },
}

/** What the receiving bank writes beside R17 when it suspects fraud. */
const QUESTIONABLE = /\bQUESTIONABLE\b/i

export function consequencesOf(code: string, information = ''): Consequences {
  const suspected = code === 'R17' && QUESTIONABLE.test(information)
  const name = suspected ? 'halt' : (returnCodes.get(code)?.class ?? 'unknown')
  return { class: name, ...rows[name] }
}
