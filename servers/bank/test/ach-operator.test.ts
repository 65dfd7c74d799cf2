import { expect, test } from 'vitest'
import { achWorld, batch, credit, debit, PLATYPUS_ROUTING } from './ach-world.ts'
import { brokerageLink } from './linking.ts'

test('a file is acknowledged at the window, settles in the morning, and everybody who linked the account sees it', async () => {
  await using world = await achWorld()
  const first = await world.link()
  const second = await world.link()
  const file = await world.send(
    batch([debit({ amountMinor: 30_00n })]),
    batch([credit({ amountMinor: 7_50n })]),
  )
  await world.until('2026-11-20T10:29')
  expect(await world.acknowledgement(file)).toBeUndefined()
  await world.until('2026-11-20T10:31')
  expect(await world.acknowledgement(file)).toMatchObject({
    status: 'accepted',
    findings: [],
    batches: 2,
    entries: 2,
    debits_minor: '3000',
    credits_minor: '750',
    received_at: '2026-11-20T15:30:00Z',
  })
  expect(await world.drop.outbound.list()).toEqual([])

  const shown = async (accessToken: string) => {
    const { data } = await world.client.accountsBalanceGet({ access_token: accessToken })
    return data.accounts.find(({ mask }) => mask === '0000')?.balances
  }
  await world.until('2026-11-23T08:29')
  expect(await shown(first.accessToken)).toMatchObject({ available: 100, current: 110 })
  await world.until('2026-11-23T08:31')
  for (const { accessToken } of [first, second]) {
    expect(await shown(accessToken)).toMatchObject({ available: 77.5, current: 87.5 })
  }
  const { data: later } = await world.client.accountsGet({ access_token: (await world.link()).accessToken })
  expect(later.accounts.find(({ mask }) => mask === '0000')?.balances.current).toBe(87.5)
  expect((await world.account()).entries).toMatchObject([
    { description: 'PADDOCK WITHDRAWAL', amount: '7.50', balance: '87.50' },
    { description: 'PADDOCK DEPOSIT', amount: '-30.00', balance: '80.00' },
    { description: 'OPENING BALANCE', amount: '110.00', balance: '110.00' },
  ])

  await world.until('2026-11-23T18:31')
  expect(await world.statement('2026-11-20')).toMatchObject({
    opening_minor: '0',
    lines: [],
    closing_minor: '0',
  })
  expect(await world.statement('2026-11-23')).toMatchObject({
    opening_minor: '0',
    lines: [
      { kind: 'batch', file, batch_number: 1, amount_minor: '3000', description: 'PADDOCK DEPOSIT' },
      { kind: 'batch', file, batch_number: 2, amount_minor: '-750', description: 'PADDOCK WITHDRAWAL' },
    ],
    closing_minor: '2250',
  })
})

test.for([
  { at: '2026-11-20T10:00', settles: '2026-11-20T13:00', amount: 1_000_000_00n },
  { at: '2026-11-20T14:40', settles: '2026-11-20T17:00', amount: 25_00n },
  { at: '2026-11-20T16:40', settles: '2026-11-20T18:00', amount: 25_00n },
  { at: '2026-11-20T16:46', settles: '2026-11-23T08:30', amount: 25_00n },
  { at: '2026-11-20T10:00', settles: '2026-11-23T08:30', amount: 1_000_000_01n },
])('what is for today, is there at $at and is $amount cents settles at $settles', async (row) => {
  await using world = await achWorld()
  await world.until(row.at)
  await world.send(batch([debit({ amountMinor: row.amount })], { effectiveDate: '261120' }))
  const before = Temporal.PlainDateTime.from(row.settles).subtract({ seconds: 1 }).toString()
  await world.until(before)
  expect((await world.account()).balance).toBe('110.00')
  await world.until(row.settles)
  expect((await world.account()).balance).not.toBe('110.00')
})

test('a file that is not what was agreed, or comes again, is refused as a whole with its reasons', async () => {
  await using world = await achWorld()
  const good = world.text([batch([debit()])])
  const bad = {
    'other-bank.ach': good.replace(' 076543216', ' 024680134'),
    'other-sender.ach': good.replace('1987654321', '1987654329'),
    'other-company.ach': good
      .replaceAll('1987654321WEB', '1987654322WEB')
      .replaceAll('1987654321  ', '1987654322  '),
    'out-of-balance.ach': good.replace(/^(82.{18})\d{12}/m, '$1000000009999'),
    'short-line.ach': good.replace(/^(5.{80}).*$/m, '$1'),
    'nothing.ach': '',
  }
  await world.sendText('A1.ach', good)
  for (const [name, text] of Object.entries(bad)) await world.sendText(name, text)
  await world.until('2026-11-20T10:31')
  expect((await world.acknowledgement('A1.ach'))?.status).toBe('accepted')
  for (const name of Object.keys(bad)) {
    const acknowledgement = await world.acknowledgement(name)
    expect([name, acknowledgement?.status, acknowledgement?.findings.length]).toEqual([
      name,
      'rejected',
      expect.any(Number),
    ])
    expect(acknowledgement?.findings.length).toBeGreaterThan(0)
  }
  await world.sendText('A2.ach', good)
  await world.until('2026-11-20T14:46')
  expect(await world.acknowledgement('A2.ach')).toMatchObject({
    status: 'rejected',
    findings: [{ rule: '05-duplicate', message: 'the file is A1.ach again' }],
  })
  await world.until('2026-11-23T18:31')
  expect((await world.account()).balance).toBe('85.00')
})

test('the operator sends single entries back that it cannot settle, and the rest goes on', async () => {
  await using world = await achWorld()
  const entries = [
    debit({ individualId: 'FINE' }),
    debit({ individualId: 'NOT-IN-LIST', routingNumber: '615000000' }),
    debit({ individualId: 'NOBODY', routingNumber: '060070083', accountNumber: '123' }),
  ]
  const far = batch([debit({ individualId: 'TOO-FAR' })], { effectiveDate: '261125' })
  const broken = world
    .text([batch(entries), far, batch([debit({ individualId: 'CHECK-DIGIT' })])])
    .replace(/^627011401533(.*CHECK-DIGIT)/m, '627011401534$1')
  await world.sendText('EDITS.ach', broken)
  await world.until('2026-11-20T10:31')
  expect(await world.acknowledgement('EDITS.ach')).toMatchObject({ status: 'accepted', entries: 5 })
  await world.until('2026-11-20T12:01')
  const answers = await world.answers('tolerant')
  const codes = Object.fromEntries(
    answers.map((fact) => [fact.individualId.trim(), fact.kind === 'return' ? fact.code : fact.kind]),
  )
  expect(codes).toEqual({ 'NOT-IN-LIST': 'R13', 'TOO-FAR': 'R18', 'CHECK-DIGIT': 'R28' })
  await world.until('2026-11-23T18:31')
  const statement = await world.statement('2026-11-23')
  expect(statement?.closing_minor).toBe('5000')
  expect((await world.account()).balance).toBe('85.00')
})

test('an account that is not there, closed, frozen or empty sends its debit back on the second banking day', async () => {
  await using world = await achWorld()
  const cases = [
    { id: 'R03', number: '1111222233339999', state: undefined },
    { id: 'R04', number: '12-AB', state: undefined },
  ]
  await world.send(batch(cases.map(({ id, number }) => debit({ individualId: id, accountNumber: number }))))
  const states = { closed: 'R02', frozen: 'R16', deceased: 'R15', no_transactions: 'R20', no_debits: 'R08' }
  const savings = '1111222233331111'
  const { id } = await world.account(PLATYPUS_ROUTING, savings)
  for (const state of Object.keys(states)) {
    await world.post(`/_sim/bank-accounts/${id}`, { state })
    await world.send(batch([debit({ accountNumber: savings, individualId: state, transactionCode: '37' })]))
    await world.clock.advanceTo(world.clock.now().add({ hours: 24 * 7 }))
  }
  await world.post(`/_sim/bank-accounts/${id}`, { state: 'open', overdraft: '0.00' })
  await world.send(
    batch([
      debit({ accountNumber: savings, individualId: 'JUST', amountMinor: 200_00n }),
      debit({ accountNumber: savings, individualId: 'R01', amountMinor: 1n }),
    ]),
  )
  await world.clock.advanceTo(world.clock.now().add({ hours: 24 * 7 }))
  const answers = await world.answers()
  const codes = Object.fromEntries(
    answers.map((fact) => [fact.individualId.trim(), fact.kind === 'return' ? fact.code : fact.kind]),
  )
  expect(codes).toEqual({ R01: 'R01', R03: 'R03', R04: 'R04', ...states })
  const first = answers.find((fact) => fact.individualId.trim() === 'R03')
  expect(first).toMatchObject({ settlementDay: '329', routingNumber: '076543216', transactionCode: '26' })
  expect((await world.account(PLATYPUS_ROUTING, savings)).balance).toBe('10.00')
})

test('a return takes the firm’s money back; one that the customer asked for gives it back to him after sixty days', async () => {
  await using world = await achWorld()
  await world.send(
    batch([
      debit({ amountMinor: 4040_10n, individualId: 'R10' }),
      debit({ amountMinor: 4040_01n, individualId: 'R01' }),
    ]),
    batch([credit({ amountMinor: 4040_03n, individualId: 'R03' })]),
  )
  await world.until('2026-11-23T09:00')
  expect((await world.account()).balance).toBe('-3930.10')
  await world.until('2026-11-24T06:01')
  expect(await world.answers()).toEqual([])
  await world.until('2026-11-25T06:01')
  expect(await world.answers()).toMatchObject([
    { kind: 'return', code: 'R01', amountMinor: 4040_01n, transactionCode: '26', settlementDay: '329' },
    { kind: 'return', code: 'R03', amountMinor: 4040_03n, transactionCode: '21' },
  ])
  await world.until('2026-11-25T18:31')
  expect(
    (await world.statement('2026-11-25'))?.lines.map(({ kind, amount_minor }) => [kind, amount_minor]),
  ).toEqual([
    ['return', '-404001'],
    ['return', '404003'],
  ])
  expect((await world.account()).balance).toBe('-3930.10')
  await world.until('2027-01-23T05:59')
  expect(await world.answers()).toHaveLength(2)
  await world.until('2027-01-25T18:31')
  expect((await world.answers()).map((fact) => 'code' in fact && fact.code)).toEqual(['R01', 'R03', 'R10'])
  expect((await world.account()).entries[0]).toMatchObject({ description: 'RETURN R10', balance: '110.00' })
  expect((await world.statement('2027-01-25'))?.closing_minor).toBe('0')
})

test('prenotes and micro-deposits stand on the account', async () => {
  await using world = await achWorld()
  await world.send(
    batch([debit({ transactionCode: '28', amountMinor: 0n, individualId: 'PRE' })]),
    batch(
      [
        credit({ amountMinor: 7n, individualId: 'MICRO' }),
        credit({ amountMinor: 12n, individualId: 'MICRO' }),
        credit({ transactionCode: '27', amountMinor: 19n, individualId: 'MICRO' }),
      ],
      { purpose: 'account_verification' },
    ),
  )
  await world.until('2026-11-23T18:31')
  const { entries, balance } = await world.account()
  expect(balance).toBe('110.00')
  expect(entries.map(({ amount, description }) => [amount, description])).toEqual([
    ['-0.19', 'PADDOCK ACCTVERIFY'],
    ['0.12', 'PADDOCK ACCTVERIFY'],
    ['0.07', 'PADDOCK ACCTVERIFY'],
    ['0.00', 'PADDOCK DEPOSIT'],
    ['110.00', 'OPENING BALANCE'],
  ])
  expect((await world.statement('2026-11-23'))?.lines).toEqual([])
})

test('a bank that is not simulated takes everything, unless the entry asks for an answer', async () => {
  await using world = await achWorld()
  const elsewhere = { routingNumber: '121000358' }
  await world.send(
    batch([
      debit({ ...elsewhere, accountNumber: '32131231abc', amountMinor: 50_000_01n, individualId: 'FINE' }),
      debit({ ...elsewhere, accountNumber: '9999000002', individualId: 'BY-NUMBER' }),
      debit({ ...elsewhere, individualName: 'JO ACH-R08', individualId: 'BY-NAME' }),
    ]),
  )
  await world.until('2026-11-25T18:31')
  const answers = await world.answers()
  expect(answers.map((fact) => [fact.individualId.trim(), 'code' in fact && fact.code])).toEqual([
    ['BY-NUMBER', 'R02'],
    ['BY-NAME', 'R08'],
  ])
  expect((await world.statement('2026-11-25'))?.closing_minor).toBe('5000001')
})

test('Link offers the account with the balance that ACH left on it', async () => {
  await using world = await achWorld()
  await world.send(batch([debit({ amountMinor: 30_00n })]))
  await world.until('2026-11-23T09:00')
  const { data } = await world.client.linkTokenCreate(brokerageLink)
  const started = await world.post('/link/session/start', { link_token: data.link_token })
  const key = { link_token: data.link_token, link_session_id: started.body.link_session_id }
  await world.post('/link/session/institution', { ...key, institution_id: 'ins_109508' })
  const { body } = await world.post('/link/session/credentials', {
    ...key,
    username: 'user_good',
    password: 'pass_good',
  })
  expect((body.accounts as object[])[0]).toMatchObject({ mask: '0000', balance: '70.00' })
})

test('a bank whose clock another process moved catches up by itself, window after window', async () => {
  await using world = await achWorld()
  const file = await world.send(batch([debit({ amountMinor: 4040_02n, individualId: 'BACK' }), debit()]))
  world.clock.moveTo(Temporal.Instant.from('2026-11-26T00:00:00Z'))
  await expect.poll(() => world.statement('2026-11-25'), { timeout: 15_000 }).toBeDefined()
  expect(await world.acknowledgement(file)).toMatchObject({ received_at: '2026-11-20T15:30:00Z' })
  expect((await world.statement('2026-11-23'))?.lines).toMatchObject([{ amount_minor: '406502' }])
  expect((await world.answers()).map(({ individualId }) => individualId.trim())).toEqual(['BACK'])
  expect((await world.account()).balance).toBe('85.00')
})
