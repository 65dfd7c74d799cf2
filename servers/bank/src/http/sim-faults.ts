import { readInstant } from '@paddock/kernel'
import { z } from 'zod'
import type { BankContext } from '../context.ts'
import { type Fault, type FaultKind, faultKinds } from '../faults/fault.ts'
import { endFaults, insertFault, listFaults } from '../faults/fault-store.ts'
import { breakLogin, repairLogin } from '../items/break-login.ts'
import { expireConsent } from '../items/consent.ts'
import { listSimItems, type SimItem } from '../items/item-store.ts'
import { BankRefused } from '../refusals.ts'
import type { HttpApp } from './http-app.ts'
import { presentInstant } from './present-item.ts'

const MOST = 200

const FaultAnswer = z.object({
  id: z.string(),
  kind: z.string(),
  institution_id: z.string().nullable(),
  item_id: z.string().nullable(),
  path: z.string().nullable(),
  product: z.string().nullable(),
  delay_ms: z.int().nullable(),
  times: z.int().nullable(),
  met_count: z.int(),
})
const kinds = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]]
const FaultBody = z.strictObject({
  kind: z.enum(kinds),
  institution_id: z.string().max(100).optional(),
  item_id: z.string().max(100).optional(),
  path: z.string().max(100).startsWith('/').optional(),
  product: z.string().max(100).optional(),
  delay_ms: z.int().min(1).max(60_000).optional(),
  times: z.int().min(1).max(1_000_000).optional(),
})
const IdPath = z.object({ id: z.string().max(100) })
const Ended = z.object({ ended: z.int() })
const Text = z.record(z.string(), z.string())
const ItemAnswer = z.object({
  item_id: z.string(),
  client_id: z.string(),
  institution_id: z.string(),
  login: z.enum(['working', 'broken']),
  consent_expires_at: z.string().nullable(),
  accounts: z.array(z.object({ account_id: z.string(), mask: z.string(), bank_account_id: z.string() })),
})
const ItemChange = z.strictObject({
  login: z.enum(['working', 'broken']).optional(),
  consent_expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
})

/** What else can be made to happen, so that one page lists it all. */
const doors = {
  'POST /_sim/faults':
    'makes one of the kinds happen: kind, and which calls (path, item_id, institution_id, product)',
  'DELETE /_sim/faults/{id}': 'ends it; without an id all of them',
  'GET /_sim/items': 'the items, and which account in the books each of their accounts is',
  'POST /_sim/items/{item_id}': 'login: broken or working; consent_expires_at: an instant or null',
  'POST /_sim/bank-accounts/{bank_account_id}': 'balance, overdraft, state: open, closed, frozen, deceased',
  'POST /_sim/bank-accounts/{bank_account_id}/transactions':
    'a new transaction: amount (above zero comes in) and description',
  'POST /_sim/webhooks': 'duplicates, disorder',
  'POST /_sim/webhooks/rotate-key': 'another key signs webhooks',
}

/** What is wrong on purpose. Without keys, and not part of the vendor's contract. */
export function serveFaultDoors(app: HttpApp, ctx: BankContext): void {
  const Page = z.object({ faults: z.array(FaultAnswer), kinds: Text, doors: Text })
  app.get('/_sim/faults', { schema: { response: { 200: Page } } }, async () => ({
    faults: (await listFaults(ctx.db)).map(presentFault),
    kinds: faultKinds,
    doors,
  }))

  app.post(
    '/_sim/faults',
    { schema: { body: FaultBody, response: { 200: FaultAnswer } } },
    async ({ body }) => {
      const given = body as z.infer<typeof FaultBody>
      const fault = {
        kind: given.kind,
        institutionId: given.institution_id ?? null,
        itemId: given.item_id ?? null,
        path: given.path ?? null,
        product: given.product ?? null,
        delayMs: given.delay_ms ?? (given.kind === 'slow' ? 1_000 : null),
        times: given.times ?? null,
      }
      return presentFault(await insertFault(ctx.db, fault, ctx.clock.now()))
    },
  )

  app.delete('/_sim/faults', { schema: { response: { 200: Ended } } }, async () => ({
    ended: Number(await endFaults(ctx.db, undefined, ctx.clock.now())),
  }))

  app.delete(
    '/_sim/faults/:id',
    { schema: { params: z.object({ id: z.uuid() }), response: { 200: Ended } } },
    async ({ params }) => {
      const ended = await endFaults(ctx.db, (params as z.infer<typeof IdPath>).id, ctx.clock.now())
      if (ended === 0n) throw new BankRefused('fault_unknown')
      return { ended: Number(ended) }
    },
  )

  app.get(
    '/_sim/items',
    { schema: { response: { 200: z.object({ items: z.array(ItemAnswer) }) } } },
    async () => ({ items: (await listSimItems(ctx.db, { limit: MOST })).map(presentSimItem) }),
  )

  app.post(
    '/_sim/items/:id',
    { schema: { params: IdPath, body: ItemChange, response: { 200: ItemAnswer } } },
    async ({ params, body }) => {
      const { id } = params as z.infer<typeof IdPath>
      const { login, consent_expires_at } = body as z.infer<typeof ItemChange>
      const item = await getSimItem(ctx, id)
      if (consent_expires_at !== undefined) {
        const at = consent_expires_at === null ? null : readInstant(consent_expires_at)
        await expireConsent(ctx, item, at)
      }
      if (login === 'broken') await breakLogin(ctx, item)
      if (login === 'working') await repairLogin(ctx, item)
      return presentSimItem(await getSimItem(ctx, id))
    },
  )
}

/** The answer as a bank with these faults would give it. */
export function spoilAnswer(answer: unknown, faults: readonly FaultKind[]): unknown {
  if (faults.length === 0) return answer
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => {
    // Every digit moved on by one: the same length, and nobody's.
    const isNumber = key === 'account' && typeof value === 'string'
    if (isNumber && faults.includes('wrong_numbers')) {
      return value.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10))
    }
    if (key === 'names' && faults.includes('wrong_owner')) return ['Somebody Else']
    return value
  })
}

async function getSimItem(ctx: BankContext, id: string): Promise<SimItem> {
  const [item] = await listSimItems(ctx.db, { id, limit: 1 })
  if (item === undefined) throw new BankRefused('item_unknown')
  return item
}

function presentFault(fault: Fault) {
  return {
    id: fault.id,
    kind: fault.kind,
    institution_id: fault.institutionId,
    item_id: fault.itemId,
    path: fault.path,
    product: fault.product,
    delay_ms: fault.delayMs,
    times: fault.times,
    met_count: fault.metCount,
  }
}

function presentSimItem({ id, clientId, institutionId, loginRequired, consentExpiresAt, accounts }: SimItem) {
  return {
    item_id: id,
    client_id: clientId,
    institution_id: institutionId,
    login: loginRequired ? ('broken' as const) : ('working' as const),
    consent_expires_at: consentExpiresAt === null ? null : presentInstant(consentExpiresAt),
    accounts: accounts.map((account) => ({
      account_id: account.id,
      mask: account.mask,
      bank_account_id: account.bankAccountId,
    })),
  }
}
