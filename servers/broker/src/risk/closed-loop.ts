import { newYorkDate } from '@paddock/calendar'
import { formatUsd, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { readCashFigures } from '../accounts/cash-figures.ts'
import { listRelationships } from '../ach/relationship-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { TransferRequest } from '../transfers/request-transfer.ts'
import type { Counterpart } from '../transfers/transfer.ts'
import type { Assessment } from './decision.ts'
import { pastReturns } from './return-window.ts'

/** Young deposits go back where they came from: only what is beyond them may leave to another bank. */
export async function requireClosedLoop(
  ctx: BrokerContext,
  tx: Tx,
  assessment: Assessment,
  { accountId, counterpart, amountMinor }: TransferRequest,
): Promise<void> {
  const sources = await sourcesOf(ctx, tx, accountId, counterpart)
  const youngMinor = await sumYoungDeposits(tx, accountId, sources, newYorkDate(ctx.clock.now()))
  const { withdrawableMinor } = await readCashFigures(ctx, tx, accountId)
  const freeMinor = withdrawableMinor > youngMinor ? withdrawableMinor - youngMinor : 0n
  const available = formatUsd(freeMinor)
  assessment.require(
    // What is more than the account has is refused for that.
    amountMinor <= freeMinor || amountMinor > withdrawableMinor,
    'closed_loop',
    {
      amount: formatUsd(amountMinor),
      withdrawable: formatUsd(withdrawableMinor),
      from_other_banks: formatUsd(youngMinor),
    },
    { code: 'closed_loop', told: { available } },
  )
}

/** The relationships that lead to the same bank account: one that was linked again is another, to the same place. */
async function sourcesOf(
  { cipher }: BrokerContext,
  tx: Tx,
  accountId: AccountId,
  counterpart: Counterpart,
): Promise<string[]> {
  if (counterpart.type !== 'ach') return []
  const everyStatus = ['QUEUED', 'APPROVED', 'PENDING', 'REJECTED', 'CANCELED', 'CANCEL_FAILED']
  const relationships = await listRelationships({ db: tx, cipher }, accountId, everyStatus)
  const target = relationships.find(({ id }) => id === counterpart.relationshipId)
  return relationships
    .filter(
      (one) =>
        one.bankAccountNumber === target?.bankAccountNumber &&
        one.bankRoutingNumber === target.bankRoutingNumber,
    )
    .map(({ id }) => id)
}

async function sumYoungDeposits(
  db: Db,
  accountId: AccountId,
  sources: readonly string[],
  today: Temporal.PlainDate,
): Promise<UsdMinor> {
  const { total } = await db
    .selectFrom('transfers')
    .select(sql<bigint>`coalesce(sum(amount_minor), 0)`.as('total'))
    .where('account_id', '=', accountId)
    .where('direction', '=', 'INCOMING')
    .where('status', '=', 'COMPLETE')
    .where('settles_on', '>', pastReturns(today))
    .where(sql<boolean>`relationship_id <> all(${sources}::uuid[])`)
    .executeTakeFirstOrThrow()
  return total as UsdMinor
}
