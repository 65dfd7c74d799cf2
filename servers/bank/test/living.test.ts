import { openDatabase } from '@paddock/service'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bankChecks } from '../src/index.ts'
import { planLife } from '../src/living/plan-life.ts'
import { scriptNamed } from '../src/personas/routines.ts'
import { achWorld, batch, debit } from './ach-world.ts'
import { bankWith, START } from './bank-with.ts'
import { codeOf, linkUser, syncAll } from './transaction-steps.ts'

test.for([
  ['user_salaried', 'LARKSPUR LOGISTICS PAYROLL', 'INCOME_SALARY'],
  ['user_freelancer', 'NORTHLIGHT MEDIA AP', 'INCOME_CONTRACTOR'],
  ['user_student', 'POCKETPASS FROM HOME', 'TRANSFER_IN_TRANSFER_IN_FROM_APPS'],
  ['user_family', 'LARCH HOME LOANS MORTGAGE', 'LOAN_PAYMENTS_MORTGAGE_PAYMENT'],
  ['user_overdrawn', 'OVERDRAFT FEE', 'BANK_FEES_OVERDRAFT_FEES'],
  ['user_gig_worker', 'WHEELHOUSE DRIVERS PAYOUT', 'INCOME_GIG_ECONOMY'],
] as const)('%s has the life that the name promises', async ([username, name, category]) => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank, { username })
  const rows = [...(await syncAll(bank.client, access_token)).rows.values()]
  const found = rows.filter((one) => one.name === name)
  expect(found.length).toBeGreaterThan(0)
  expect(found[0]?.personal_finance_category?.detailed).toBe(category)
  for (const { primary, detailed } of rows.flatMap((one) => one.personal_finance_category ?? [])) {
    expect(detailed.startsWith(`${primary}_`)).toBe(true)
  }
})

test.for(['salaried', 'freelancer', 'student', 'family', 'overdrawn', 'gig_worker'])(
  'over three years a %s life neither runs dry nor grows without end',
  (name) => {
    const script = scriptNamed(name)
    const { planned } = planLife(script, { seed: 'any', openedAt: START }, START.add({ hours: 24 * 365 }))
    const settled = planned
      .filter(({ isDropped, position }) => !isDropped && position === 0)
      .sort((a, b) => Temporal.Instant.compare(a.postedAt, b.postedAt))
    let balance = script.startMinor.checking ?? 0n
    let [least, most] = [balance, balance]
    for (const { amountMinor } of settled) {
      balance += amountMinor
      if (balance < least) least = balance
      if (balance > most) most = balance
    }
    expect(least).toBeGreaterThan(name === 'overdrawn' ? -9_000_00n : -3_500_00n)
    expect(most).toBeLessThan(20_000_00n)
    expect(new Set(planned.map(({ id, position }) => `${position}|${id}`)).size).toBe(planned.length)
  },
)

const personas = ['salaried', 'freelancer', 'student', 'family', 'overdrawn', 'gig_worker'] as const
const hourLeaps = fc.array(fc.integer({ min: 0, max: 24 * 40 }), { minLength: 1, maxLength: 6 })

test('a plan that goes on from where it was tells the life that a plan of the whole life tells', () => {
  fc.assert(
    fc.property(fc.constantFrom(...personas), fc.string(), hourLeaps, (name, seed, leaps) => {
      const script = { ...scriptNamed(name), months: 3 }
      const frame = { seed, openedAt: START }
      const end = START.add({ hours: leaps.reduce((sum, hours) => sum + hours, 0) })
      const whole = new Map(
        planLife(script, frame, end.add({ hours: 24 * 62 })).planned.map((one) => [
          `${one.position}|${one.id}`,
          one,
        ]),
      )
      let now = START
      let plan = planLife(script, frame, now)
      for (const hours of leaps) {
        const [from, to] = [now, now.add({ hours })]
        plan = planLife(script, frame, to, plan.restart)
        const planned = new Map(plan.planned.map((one) => [`${one.position}|${one.id}`, one]))
        for (const [key, one] of planned) expect(one).toEqual(whole.get(key))
        const until = plan.completeUntil
        expect(Temporal.Instant.compare(until, to)).toBe(1)
        for (const [key, { shownAt, postedAt, learnedAt }] of whole) {
          const isDue = [shownAt, postedAt, learnedAt].some(
            (at) =>
              at !== null &&
              Temporal.Instant.compare(at, from) > 0 &&
              Temporal.Instant.compare(at, until) < 0,
          )
          if (isDue) expect(planned.has(key), key).toBe(true)
        }
        now = to
      }
    }),
    { numRuns: Number(process.env.PADDOCK_PROPERTY_RUNS ?? 6) },
  )
})

test('the books stay right through a month of a life that nobody looks at', async () => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank, { username: 'user_family' })
  await syncAll(bank.client, access_token)
  const { data: before } = await bank.client.accountsGet({ access_token })
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 24 * 31 }))
  const { data: after } = await bank.client.accountsGet({ access_token })
  expect(after.accounts.map(({ balances }) => balances.current)).not.toEqual(
    before.accounts.map(({ balances }) => balances.current),
  )
  const db = openDatabase<Record<string, never>>({ url: bank.database.ownerUrl, schema: 'bank' })
  try {
    for (const { id, run } of bankChecks) expect(await run(db), id).toEqual([])
  } finally {
    await db.destroy()
  }
})

test('a life goes on from the day its accounts are opened, also where nobody reads transactions', async () => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank, { username: 'user_overdrawn', products: ['auth' as never] })
  const current = async () =>
    (await bank.client.accountsGet({ access_token })).data.accounts[0]?.balances.current
  expect(await current()).toBe(-212.35)
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 24 * 8 }))
  expect(await current()).not.toBe(-212.35)
})

test("the brokerage's entry is a transaction of the linked account, under its name", async () => {
  await using world = await achWorld()
  await world.link()
  const access_token = await linkUser(world)
  const { cursor } = await syncAll(world.client, access_token)
  await world.send(batch([debit()]))
  await world.until('2026-11-25T18:31')
  const { data } = await world.client.transactionsSync({ access_token, cursor })
  expect(data.added).toHaveLength(1)
  expect(data.added[0]).toMatchObject({
    pending: false,
    payment_meta: { payment_method: 'ACH' },
    personal_finance_category: { primary: 'TRANSFER_OUT' },
  })
  expect(data.added[0]?.name).toMatch(/\S/)
})

test('rent, pay and subscriptions are streams with a next date; groceries are none', async () => {
  await using bank = await bankWith()
  const access_token = await linkUser(bank, { username: 'user_salaried', seconds: 0 })
  expect(await codeOf(bank.client.transactionsRecurringGet({ access_token }))).toBe('PRODUCT_NOT_READY')
  bank.clock.moveTo(bank.clock.now().add({ seconds: 10 }))
  const { data } = await bank.client.transactionsRecurringGet({ access_token })
  expect(data.inflow_streams.find(({ description }) => description.endsWith('PAYROLL'))).toMatchObject({
    frequency: 'BIWEEKLY',
    status: 'MATURE',
    is_active: true,
    last_amount: { amount: -1954.18 },
  })
  const outflows = new Map(data.outflow_streams.map((one) => [one.merchant_name, one]))
  expect(outflows.get('Alder Property Management')).toMatchObject({
    frequency: 'MONTHLY',
    average_amount: { amount: 1450 },
  })
  expect(outflows.get('Reelhouse')?.predicted_next_date).toBe('2026-12-14')
  expect(outflows.has('Fennel & Rye Market')).toBe(false)
})
