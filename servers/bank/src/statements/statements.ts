import { newYorkDate } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import { isDebt } from '../bank-accounts/bank-account.ts'
import type { BankContext } from '../context.ts'
import { findInstitution } from '../institutions/catalog.ts'
import type { Institution } from '../institutions/institution.ts'
import { listAccounts } from '../items/account-store.ts'
import type { Account, Item } from '../items/item.ts'
import { findOrigin, saveStatementsRange } from '../items/item-origin.ts'
import { lockItem } from '../items/item-store.ts'
import { openAccounts } from '../items/open-item.ts'
import { BankRefused } from '../refusals.ts'
import { hasTransactions } from '../transactions/feed-item.ts'
import { listPosted } from '../transactions/posted.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import { type PrintedStatement, printStatement } from './print-statement.ts'
import type { Range } from './range.ts'
import { type Statement, statementsOf } from './statement.ts'

const PRODUCT = 'statements'

interface Asking {
  clientId: string
  accessToken: string
}

export interface StatementList {
  item: Item
  institution: Institution
  accounts: { account: Account; statements: Statement[] }[]
}

/** The statements of an item, of the months that were asked for when it was linked or since. */
export async function listStatements(ctx: BankContext, asking: Asking): Promise<StatementList> {
  const { item, accounts } = await openAccounts(ctx, { ...asking, product: PRODUCT })
  const institution = findInstitution(item.institutionId)
  assert(institution !== undefined, 'an item is of an institution of the catalog')
  const { statements: range } = await findOrigin(ctx, ctx.db, item)
  const today = newYorkDate(ctx.clock.now())
  return {
    item,
    institution,
    accounts: accounts
      .filter(hasTransactions)
      .map((account) => ({ account, statements: statementsOf(account, range, today) })),
  }
}

/** One statement as the file that the bank would send. The same month gives the same bytes. */
export async function printOneStatement(
  ctx: BankContext,
  asking: Asking,
  statementId: string,
): Promise<{ file: Buffer; name: string }> {
  const { item, institution, accounts } = await listStatements(ctx, asking)
  const found = accounts
    .flatMap(({ account, statements }) => statements.map((statement) => ({ account, statement })))
    .find(({ statement }) => statement.id === statementId)
  if (found === undefined) throw new BankRefused('statement_unknown')
  const printed = await readMonth(ctx, item, institution, found.account, found.statement)
  return { file: await printStatement(printed), name: `statement-${found.statement.month}.pdf` }
}

/** Fetches the months of a range besides those that are there, and tells the webhook. */
export async function refreshStatements(ctx: BankContext, asking: Asking, range: Range): Promise<void> {
  const { item } = await openAccounts(ctx, { ...asking, product: PRODUCT })
  await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, item.clientId, item.id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    const { statements: known } = await findOrigin(ctx, tx, item)
    const earliest = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
      Temporal.PlainDate.compare(a, b) <= 0 ? a : b
    const [from, to] =
      known === null
        ? [range.from, range.to]
        : [earliest(known.from, range.from), earliest(known.to, range.to) === known.to ? range.to : known.to]
    await saveStatementsRange(tx, item, { from, to })
    await queueItemWebhook(ctx, tx, locked.item, {
      webhook_type: 'STATEMENTS',
      webhook_code: 'STATEMENTS_REFRESH_COMPLETE',
      result: 'SUCCESS',
    })
  })
  ctx.agenda.wake()
}

async function readMonth(
  ctx: BankContext,
  item: Item,
  institution: Institution,
  { id }: Account,
  { month, postedOn }: Statement,
): Promise<PrintedStatement> {
  const first = month.toPlainDate({ day: 1 })
  return ctx.db.transaction().execute(async (tx) => {
    const account = (await listAccounts(ctx, tx, item)).find((one) => one.id === id)
    if (account === undefined) throw new BankRefused('statement_unknown')
    const to = newYorkDate(ctx.clock.now())
    const since = await listPosted(ctx, tx, [account], { from: first, to })
    // The books moved up to now while the transactions were read.
    const now = (await listAccounts(ctx, tx, item)).find((one) => one.id === id) ?? account
    const shown = now.currentMinor ?? 0n
    const sum = (those: typeof since) => those.reduce((total, { amountMinor }) => total + amountMinor, 0n)
    const within = since.filter(({ date }) => Temporal.PlainDate.compare(date, postedOn) < 0)
    const sign = isDebt(account.type) ? -1n : 1n
    const openingMinor = sign * shown - sum(since)
    return {
      institutionName: institution.name,
      account,
      month,
      postedOn,
      lines: within,
      openingMinor: sign * openingMinor,
      closingMinor: sign * (openingMinor + sum(within)),
    }
  })
}
