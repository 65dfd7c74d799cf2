import { ledgerAccountId, openAccounts, post, type Transfer } from '@paddock/ledger'
import {
  formatPrice,
  formatQuantity,
  type PriceMicro,
  type QuantityNano,
  trimmedUsd,
  type UsdMinor,
} from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import { bookActivity, type NewActivity } from '../activities/book-activity.ts'
import { nameBasedId } from '../assets/asset-id.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { FIRM_ACCOUNT_ID } from '../firm/firm-account.ts'
import { cashAccount, FIRM_ISSUERS } from '../ledger-accounts.ts'
import { dividendOn, withholdingOf } from './action-money.ts'
import type { CorporateAction } from './corporate-action.ts'
import { cusipOf } from './cusip.ts'
import { type Holder, hasActivity } from './holders.ts'
import { withholdingRate } from './withholding.ts'

/** Taxes held back, which the firm owes to the state. */
const FIRM_WITHHOLDING = ledgerAccountId('firm', 'withholding', 'USD')

/**
 * Pays one holder of record, once: the dividend, and the tax that is held back. What an account that was
 * closed since would get goes to the firm, which keeps it for its owner.
 */
export async function payDividend(
  ctx: BrokerContext,
  action: CorporateAction,
  holder: Holder,
): Promise<void> {
  const grossMinor = dividendOn(holder.quantityNano, action.cashMicro)
  if (grossMinor === 0n) return
  await transact(ctx, async (tx) => {
    const { status } = await lockAccount(tx, holder.accountId)
    const receiver = status === 'ACCOUNT_CLOSED' ? FIRM_ACCOUNT_ID : holder.accountId
    const id = nameBasedId(`${action.id}|${holder.accountId}|dividend`)
    if (await hasActivity(tx, receiver, id)) return
    // A closed account changes no more, so that nobody waits for it while holding the firm's.
    if (receiver !== holder.accountId) await lockAccount(tx, receiver)
    await pay(ctx, tx, { action, holder, receiver, id, grossMinor })
  })
}

interface Payment {
  readonly action: CorporateAction
  readonly holder: Holder
  readonly receiver: AccountId
  readonly id: string
  readonly grossMinor: UsdMinor
}

async function pay(ctx: BrokerContext, tx: Tx, payment: Payment): Promise<void> {
  const { action, holder, receiver, id, grossMinor } = payment
  const at = ctx.clock.now()
  const basisPoints = await withholdingRate(ctx, tx, receiver)
  const taxMinor = withholdingOf(grossMinor, basisPoints)
  await openAccounts(tx, [
    { id: FIRM_WITHHOLDING, owner: 'firm', kind: 'withholding', asset: 'USD', floor: null },
  ])
  await post(tx, transfersOf(payment, taxMinor, at))

  const line = lineOf(payment, at)
  await bookActivity(tx, {
    ...line,
    id,
    type: 'DIV',
    subType: 'CDIV',
    netAmountMinor: grossMinor,
    perShareMicro: action.cashMicro,
    description: receiver === holder.accountId ? 'cash dividend' : 'cash dividend of a closed account',
  })
  if (taxMinor === 0n) return
  await bookActivity(tx, {
    ...line,
    id: nameBasedId(`${action.id}|${holder.accountId}|withholding`),
    type: 'DIVNRA',
    netAmountMinor: -taxMinor as UsdMinor,
    description: `${trimmedUsd(basisPoints)}% withheld from a dividend`,
  })
}

function transfersOf(
  { action, holder, receiver, grossMinor }: Payment,
  taxMinor: UsdMinor,
  at: Temporal.Instant,
) {
  const causeId = `${action.id}:${holder.accountId}`
  const move = (step: string, from: string, to: string, amount: bigint): Transfer => ({
    type: 'post',
    id: `ca:${causeId}:${step}`,
    from,
    to,
    amount,
    cause: { kind: 'corporate_action', id: causeId, step },
    at,
  })
  const cash = cashAccount(receiver)
  const dividend = move('dividend', FIRM_ISSUERS, cash, grossMinor)
  return taxMinor === 0n ? [dividend] : [dividend, move('withholding', cash, FIRM_WITHHOLDING, taxMinor)]
}

/** What the lines of one payment have in common; nothing but cash moves, so their quantity is none. */
function lineOf({ action, holder, receiver, id }: Payment, at: Temporal.Instant) {
  return {
    accountId: receiver,
    at,
    settlesOn: action.payableOn,
    symbol: action.symbol,
    quantityNano: 0n as QuantityNano,
    groupId: id,
    details: {
      ca_id: action.id,
      corporate_action_id: action.publicId,
      cusip: cusipOf(action.symbol),
      declaration_date: action.declaredOn.toString(),
      ex_date: action.exOn.toString(),
      record_date: action.recordOn.toString(),
      payable_date: action.payableOn.toString(),
      rate: formatPrice(action.cashMicro as PriceMicro),
      entitled_qty: formatQuantity(holder.quantityNano),
      holder_account_id: holder.accountId,
    },
  } satisfies Partial<NewActivity>
}
