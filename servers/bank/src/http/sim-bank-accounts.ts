import { formatUsd, parseUsd } from '@paddock/money'
import { z } from 'zod'
import { accountStates, type BookedAccount } from '../bank-accounts/bank-account.ts'
import { findBookedAccount, listBookedAccounts, listEntries } from '../bank-accounts/bank-account-store.ts'
import { findByNumbers, moveFromOutside, steerAccount } from '../bank-accounts/steer-account.ts'
import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { tellNow } from '../transactions/live-and-tell.ts'
import type { HttpApp } from './http-app.ts'
import { RequestRefused } from './wire-error.ts'

const MOST = 200

const Amount = z.string().max(20)
const AccountAnswer = z.object({
  id: z.string(),
  institution_id: z.string().nullable(),
  position: z.number().nullable(),
  type: z.string(),
  subtype: z.string(),
  currency: z.string(),
  state: z.enum(accountStates),
  balance: z.string(),
  available: z.string().nullable(),
  overdraft: z.string(),
})
const EntryAnswer = z.object({
  number: z.string(),
  at: z.string(),
  kind: z.string(),
  amount: z.string(),
  balance: z.string(),
  description: z.string(),
  reference: z.string().nullable(),
})
const WithEntries = AccountAnswer.extend({ entries: z.array(EntryAnswer) })
const IdPath = z.object({ id: z.string().max(64) })
const FindBody = z.strictObject({ routing_number: z.string().max(9), account_number: z.string().max(17) })
const MovementBody = z.strictObject({
  amount: Amount,
  description: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[ -~]+$/),
})
const ChangeBody = z.strictObject({
  state: z.enum(accountStates).optional(),
  balance: Amount.optional(),
  overdraft: Amount.optional(),
})

/** The books of the simulated banks. Without keys, and not part of the vendor's contract. */
export function serveAccountDoors(app: HttpApp, ctx: BankContext): void {
  app.get(
    '/_sim/bank-accounts',
    { schema: { response: { 200: z.object({ accounts: z.array(AccountAnswer) }) } } },
    async () => ({ accounts: (await listBookedAccounts(ctx.db, MOST)).map(presentBooked) }),
  )

  app.get(
    '/_sim/bank-accounts/:id',
    { schema: { params: IdPath, response: { 200: WithEntries } } },
    async ({ params }) => {
      const account = await findBookedAccount(ctx.db, (params as z.infer<typeof IdPath>).id)
      if (account === undefined) throw new BankRefused('bank_account_unknown')
      return presentWithEntries(ctx, account)
    },
  )

  // The number stands in the body: addresses end up in logs.
  app.post(
    '/_sim/bank-accounts/find',
    { schema: { body: FindBody, response: { 200: WithEntries } } },
    async ({ body }) => {
      const { routing_number, account_number } = body as z.infer<typeof FindBody>
      return presentWithEntries(ctx, await findByNumbers(ctx, routing_number, account_number))
    },
  )

  app.post(
    '/_sim/bank-accounts/:id',
    { schema: { params: IdPath, body: ChangeBody, response: { 200: AccountAnswer } } },
    async ({ params, body }) => {
      const { state, balance, overdraft } = body as z.infer<typeof ChangeBody>
      const change = {
        state,
        balanceMinor: readMinor('balance', balance),
        overdraftMinor: readMinor('overdraft', overdraft),
      }
      return presentBooked(await steerAccount(ctx, (params as z.infer<typeof IdPath>).id, change))
    },
  )

  app.post(
    '/_sim/bank-accounts/:id/transactions',
    { schema: { params: IdPath, body: MovementBody, response: { 200: AccountAnswer } } },
    async ({ params, body }) => {
      const { amount, description } = body as z.infer<typeof MovementBody>
      const { id } = params as z.infer<typeof IdPath>
      const amountMinor = readMinor('amount', amount)
      if (amountMinor === undefined || amountMinor === 0n) {
        throw new RequestRefused('field_invalid', { problem: 'amount: must not be zero' })
      }
      const account = await moveFromOutside(ctx, id, { amountMinor, description })
      await tellNow(ctx, id)
      return presentBooked(account)
    },
  )
}

async function presentWithEntries(ctx: BankContext, account: BookedAccount) {
  const entries = await listEntries(ctx.db, account.id, MOST)
  return {
    ...presentBooked(account),
    entries: entries.map((entry) => ({
      number: entry.seq.toString(),
      at: entry.at.toString(),
      kind: entry.kind,
      amount: formatUsd(entry.amountMinor),
      balance: formatUsd(entry.balanceMinor),
      description: entry.description,
      reference: entry.reference,
    })),
  }
}

function presentBooked(account: BookedAccount) {
  return {
    id: account.id,
    institution_id: account.institutionId,
    position: account.position,
    type: account.type,
    subtype: account.subtype,
    currency: account.currency,
    state: account.state,
    balance: formatUsd(account.balanceMinor),
    available: account.availableMinor === null ? null : formatUsd(account.availableMinor),
    overdraft: formatUsd(account.overdraftMinor),
  }
}

function readMinor(field: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined
  const minor = parseUsd(text)
  const isRight = minor !== undefined && minor >= (field === 'overdraft' ? 0n : -100_000_000_000n)
  if (!isRight) throw new RequestRefused('field_invalid', { problem: `${field}: must be an amount` })
  return minor
}
