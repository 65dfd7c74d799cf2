import { setTimeout as wait } from 'node:timers/promises'
import type { BankContext } from '../context.ts'
import type { Health } from '../institutions/institution.ts'
import { findItem, findItemByAccessToken } from '../items/item-store.ts'
import { BankRefused } from '../refusals.ts'
import { hashToken } from '../tokens/secret-token.ts'
import { findProcessorToken } from '../tokens/token-store.ts'
import { concerns, type Fault, type FaultKind } from './fault.ts'
import { countMeeting, listFaults } from './fault-store.ts'

export interface Asked {
  path: string
  clientId: string
  accessToken: string | undefined
  processorToken: string | undefined
}

/**
 * Lets the faults that concern a call happen: waits, refuses, or answers which of them the answer is to
 * show. Without faults it is one look at an empty index.
 */
export async function meetFaults(ctx: BankContext, asked: Asked): Promise<readonly FaultKind[]> {
  const faults = await listFaults(ctx.db)
  if (faults.length === 0) return []
  const item = await findAskedItem(ctx, asked)
  const call = { path: asked.path, institutionId: item?.institutionId, itemId: item?.id }
  const shown: FaultKind[] = []
  for (const fault of faults.filter((one) => concerns(one, call))) {
    const times = await countMeeting(ctx.db, fault.id)
    if (times === undefined) continue
    if (fault.kind === 'slow') await wait(fault.delayMs ?? 1)
    else if (fault.kind === 'wrong_numbers' || fault.kind === 'wrong_owner') shown.push(fault.kind)
    else refuse(fault, times, asked.path)
  }
  return shown
}

/** Refuses a sign-in at a bank that is not to be reached. */
export async function refuseUnreachable(ctx: BankContext, institutionId: string): Promise<void> {
  for (const fault of await listFaults(ctx.db)) {
    const isHere = fault.institutionId === null || fault.institutionId === institutionId
    if (!isHere || !fault.kind.startsWith('institution_')) continue
    const times = await countMeeting(ctx.db, fault.id)
    if (times !== undefined) refuse(fault, times, '')
  }
}

/** How an institution is doing, its own health and what was made of it. */
export async function healthOf(
  ctx: BankContext,
  { id, health }: { id: string; health: Health },
): Promise<Health> {
  const faults = await listFaults(ctx.db)
  const kinds = faults
    .filter(({ institutionId }) => institutionId === null || institutionId === id)
    .map(({ kind }) => kind)
  if (kinds.includes('institution_down') || kinds.includes('institution_not_responding')) return 'DOWN'
  return kinds.includes('institution_degraded') && health === 'HEALTHY' ? 'DEGRADED' : health
}

function refuse({ kind }: Fault, times: number, path: string): void {
  switch (kind) {
    case 'institution_down':
      throw new BankRefused('institution_down')
    case 'institution_not_responding':
      throw new BankRefused('bank_not_responding')
    case 'institution_degraded':
      if (times % 2 === 1) throw new BankRefused('bank_not_responding')
      return
    case 'product_not_ready':
      throw new BankRefused('product_not_ready')
    case 'rate_limit':
      throw new BankRefused('rate_limited', { path })
    case 'internal_error':
      throw new BankRefused('bank_failed')
    case 'planned_maintenance':
      throw new BankRefused('planned_maintenance')
  }
}

async function findAskedItem(ctx: BankContext, { clientId, accessToken, processorToken }: Asked) {
  if (accessToken !== undefined) {
    return (await findItemByAccessToken(ctx.db, clientId, hashToken(accessToken)))?.item
  }
  if (processorToken === undefined) return undefined
  const named = await findProcessorToken(ctx.db, processorToken)
  return named === undefined ? undefined : (await findItem(ctx.db, named.clientId, named.itemId))?.item
}
