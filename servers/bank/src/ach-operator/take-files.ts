import { createHash } from 'node:crypto'
import { Acknowledgement, acknowledgementName, DropRefused } from '@paddock/ach-drop'
import { houseAccount } from '../bank-accounts/bank-account-store.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { promiseAnswer } from './answer-store.ts'
import { keepDelivery } from './deliveries.ts'
import { findTwin, insertBatch, insertEntries, insertFile, isTaken, lockOperator } from './entry-store.ts'
import { type Examined, examineFile, finding } from './examine-file.ts'
import type { AchOperator } from './operator.ts'
import { listBanksDown } from './plan-store.ts'
import { scheduleAt } from './schedule.ts'
import type { Window } from './windows.ts'

/** Takes what lies in the drop at a window. A file that was taken before is only put away. */
export async function takeFiles(ctx: BankContext, operator: AchOperator, window: Window): Promise<void> {
  const { outbound } = operator.drop
  for (const name of await outbound.list()) {
    const bytes = await outbound.read(name).catch((error: unknown) => {
      if (error instanceof DropRefused) return undefined
      throw error
    })
    operator.onStep('file_read')
    await ctx.db.transaction().execute(async (tx) => {
      await lockOperator(tx)
      if (await isTaken(tx, name)) return
      if (bytes === undefined) await refuseUnreadable(ctx, tx, name, window)
      else await takeFile(ctx, tx, operator, { name, bytes, window })
      operator.onStep('file_taking')
    })
    operator.onStep('file_taken')
    await outbound.putAway(name)
    operator.onStep('file_put_away')
  }
}

async function takeFile(
  ctx: BankContext,
  tx: Tx,
  { agreement }: AchOperator,
  { name, bytes, window }: { name: string; bytes: Buffer; window: Window },
): Promise<void> {
  const down = new Set(await listBanksDown(tx))
  const isDown = (routing: string) => down.has(routing)
  const examined = examineFile(name, bytes, { agreement, window, isDown })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const twin = await findTwin(tx, examined.identity, sha256)
  const findings =
    twin === undefined
      ? examined.findings
      : [...examined.findings, finding(1, 'fileIdModifier', '05-duplicate', `the file is ${twin} again`)]
  const isAccepted = findings.length === 0
  await insertFile(tx, { name, sha256, isAccepted, identity: examined.identity, receivedAt: window.at })
  if (isAccepted) await keepEntries(ctx, tx, name, examined, window)
  await acknowledge(ctx, tx, name, { ...examined, findings }, window)
}

async function keepEntries(ctx: BankContext, tx: Tx, name: string, examined: Examined, window: Window) {
  for (const { number, header } of examined.batches) await insertBatch(tx, name, number, header)
  await insertEntries(ctx, tx, examined.entries)
  const instants = new Set<string>()
  for (const { settlesAt, editCode, line, amountMinor } of examined.entries) {
    instants.add(settlesAt.toString())
    if (editCode === null) continue
    const contraId = await houseAccount(tx, 'ach_exceptions', window.at)
    const key = `${name}:${line}:${editCode}`
    const answer = { fileName: name, line, kind: 'return', code: editCode, amountMinor } as const
    await promiseAnswer(tx, { ...answer, key, dueAt: window.outputAt, settlesAt, contraId })
  }
  for (const at of instants) await scheduleAt(tx, 'settlement', Temporal.Instant.from(at))
}

async function acknowledge(
  ctx: BankContext,
  tx: Tx,
  name: string,
  { findings, reference, totals }: Pick<Examined, 'findings' | 'reference' | 'totals'>,
  window: Window,
): Promise<void> {
  const acknowledgement = Acknowledgement.parse({
    kind: 'acknowledgement',
    file: name,
    reference,
    received_at: window.at.toString(),
    status: findings.length === 0 ? 'accepted' : 'rejected',
    findings,
    ...totals,
  })
  const body = `${JSON.stringify(acknowledgement, null, 2)}\n`
  await keepDelivery(ctx, tx, { name: acknowledgementName(name), body, dueAt: window.at })
}

/** A file that does not open: sealed with a key that nobody knows, or changed on the way. */
async function refuseUnreadable(ctx: BankContext, tx: Tx, name: string, window: Window): Promise<void> {
  await insertFile(tx, { name, sha256: '', isAccepted: false, identity: '', receivedAt: window.at })
  const findings = [finding(null, null, '01-not-ach', 'the file cannot be opened')]
  const totals = { batches: 0, entries: 0, debits_minor: '0', credits_minor: '0' }
  await acknowledge(ctx, tx, name, { findings, reference: '', totals }, window)
}
