import { ledgerAccountId, openAccounts } from '@paddock/ledger'
import type { AccountId } from './accounts/account.ts'
import type { Tx } from './db/database.ts'

const FIRM = 'firm'

/** What a customer's account has in dollars. */
export const cashAccount = (accountId: AccountId) => ledgerAccountId(accountId, 'cash', 'USD')

/** Where money goes to and comes from that travels between us and other banks. */
export const ACH_CLEARING = ledgerAccountId(FIRM, 'ach_clearing', 'USD')

/** The firm's settlement account for ACH, below zero by what is in it; only the bank's statement moves it. */
export const ACH_SETTLEMENT = ledgerAccountId(FIRM, 'ach_settlement', 'USD')

/** What ACH costs the firm: fees of the bank, and cents sent to prove accounts. */
export const ACH_EXPENSES = ledgerAccountId(FIRM, 'ach_expenses', 'USD')

/** The firm's own money at its bank: where the firm account's cash came from. */
export const FIRM_BANK = ledgerAccountId(FIRM, 'bank', 'USD')

/** Fees that customers pay to the firm. */
export const FIRM_FEES = ledgerAccountId(FIRM, 'fees', 'USD')

/** What companies pay to the holders of their shares comes through here. */
export const FIRM_ISSUERS = ledgerAccountId(FIRM, 'issuers', 'USD')

/** Where money of wires goes to. */
export const WIRE_CLEARING = ledgerAccountId(FIRM, 'wire_clearing', 'USD')

/** Opens what a new customer needs before money can move; positions open theirs at the first buy. */
export async function openCashAccount(tx: Tx, accountId: AccountId): Promise<void> {
  await openAccounts(tx, [
    { id: cashAccount(accountId), owner: accountId, kind: 'cash', asset: 'USD', floor: 0n },
  ])
}

/** Opens the firm's own dollar accounts, which may go below zero. Safe to repeat at each start. */
export async function openFirmAccounts(tx: Tx): Promise<void> {
  await openAccounts(
    tx,
    [
      'ach_clearing',
      'ach_settlement',
      'ach_expenses',
      'wire_clearing',
      'street',
      'commission',
      'bank',
      'fees',
      'issuers',
    ].map((kind) => ({
      id: ledgerAccountId(FIRM, kind, 'USD'),
      owner: FIRM,
      kind,
      asset: 'USD',
      floor: null,
    })),
  )
}
