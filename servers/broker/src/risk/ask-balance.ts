import type { UsdMinor } from '@paddock/money'
import { listRelationships } from '../ach/relationship-store.ts'
import { BankRefused } from '../bank/bank-client.ts'
import type { BrokerContext } from '../context.ts'
import type { TransferRequest } from '../transfers/request-transfer.ts'
import { riskRules } from './risk-rules.ts'

/** What the bank says of the money that a deposit wants. The bank may as well say nothing. */
export type BalanceAnswer =
  | { readonly ending: 'told'; readonly availableMinor: UsdMinor }
  | { readonly ending: 'refused'; readonly reason: string }
  | { readonly ending: 'unknown' }

/**
 * Asks the bank behind a deposit what it could pay. Outside of any transaction: a bank that takes its time
 * must not hold the account. Nothing when nobody is to be asked, or when there is no token to ask with.
 */
export async function askBalance(
  ctx: BrokerContext,
  { accountId, counterpart, direction }: TransferRequest,
): Promise<BalanceAnswer | undefined> {
  const { balanceCheck, balanceTimeoutMs } = riskRules(ctx.config)
  if (balanceCheck === 'off' || direction === 'OUTGOING' || counterpart.type !== 'ach') return undefined
  const relationship = (await listRelationships(ctx, accountId, [])).find(
    ({ id }) => id === counterpart.relationshipId,
  )
  if (relationship?.processorToken === undefined) return undefined
  try {
    const availableMinor = await ctx.bank.availableBalance(relationship.processorToken, balanceTimeoutMs)
    return availableMinor === undefined ? { ending: 'unknown' } : { ending: 'told', availableMinor }
  } catch (error) {
    if (!(error instanceof BankRefused)) throw error
    if (error.code !== 'processor_token_refused') return { ending: 'unknown' }
    return { ending: 'refused', reason: String(error.details.errorCode) }
  }
}
