import { createHash } from 'node:crypto'
import { CountryCode, Products } from 'plaid'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink, linkedItem, PLATYPUS } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { webhookReceiver } from './webhook-receiver.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await bankWith()
})
afterAll(() => bank[Symbol.asyncDispose]())

async function link(options: object = {}, username = 'user_salaried') {
  const { data } = await bank.client.sandboxPublicTokenCreate({
    institution_id: PLATYPUS,
    initial_products: [Products.Statements],
    options: { override_username: username, override_password: 'x', ...options },
  })
  return (await bank.client.itemPublicTokenExchange({ public_token: data.public_token })).data.access_token
}

const monthsOf = async (access_token: string) => {
  const { data } = await bank.client.statementsList({ access_token })
  const [first] = data.accounts
  return (first?.statements ?? []).map(({ year, month }) => `${year}-${month}`)
}

async function download(access_token: string, statement_id: string) {
  const { data, headers } = await bank.client.statementsDownload(
    { access_token, statement_id },
    { responseType: 'arraybuffer' },
  )
  return { file: Buffer.from(data as never), headers }
}

async function wordsOf(file: Buffer): Promise<string> {
  const pdf = await getDocumentProxy(new Uint8Array(file))
  return (await extractText(pdf, { mergePages: true })).text
}

test('there is a statement for each month asked for that is over, on each account, the newest first', async () => {
  const statements = { start_date: '2026-08-15', end_date: '2026-11-20' }
  const access_token = await link({ statements })
  expect(await monthsOf(access_token)).toEqual(['2026-10', '2026-9', '2026-8'])
  const { data } = await bank.client.statementsList({ access_token })
  expect(data.institution_id).toBe(PLATYPUS)
  expect(data.accounts.map(({ account_mask }) => account_mask)).toEqual(['0000', '1111', '3333'])
  expect(data.accounts[0]?.statements[0]?.date_posted).toBe('2026-11-01')
  const ids = data.accounts.flatMap(({ statements }) => statements.map(({ statement_id }) => statement_id))
  expect(new Set(ids).size).toBe(9)
})

test('a statement is a PDF with its hash, whose balances and lines meet the next month and the account', async () => {
  const access_token = await link()
  expect(await monthsOf(access_token)).toHaveLength(24)
  const { data } = await bank.client.statementsList({ access_token })
  const checking = data.accounts.find(({ account_subtype }) => account_subtype === 'checking')
  const [last, before] = checking?.statements ?? []
  const { file, headers } = await download(access_token, last?.statement_id ?? '')
  expect(headers['content-type']).toBe('application/pdf')
  expect(headers['content-disposition']).toBe('attachment; filename="statement-2026-10.pdf"')
  expect(headers['plaid-content-hash']).toBe(createHash('sha256').update(file).digest('hex'))
  expect((await download(access_token, last?.statement_id ?? '')).file.equals(file)).toBe(true)

  const text = await wordsOf(file)
  for (const word of ['First Platypus Bank', 'Maren Holt', 'ending in 0000', 'LARKSPUR LOGISTICS PAYROLL']) {
    expect(text).toContain(word)
  }
  const amounts = (from: string) =>
    [...from.matchAll(/(-?[\d,]+\.\d\d) USD/g)].map(([, amount]) => cents(amount))
  const cents = (amount = '') => Math.round(Number(amount.replaceAll(',', '')) * 100)
  const lines = amounts(text)
  expect(lines.slice(0, -1).reduce((sum, amount) => sum + amount, 0)).toBe(lines.at(-1))
  const earlier = amounts(await wordsOf((await download(access_token, before?.statement_id ?? '')).file))
  expect(earlier.at(-1)).toBe(lines[0])
})

test('a refresh widens what is shared and tells the webhook', async () => {
  await using receiver = await webhookReceiver()
  const narrow = { start_date: '2026-10-01', end_date: '2026-10-31' }
  const access_token = await link({ statements: narrow, webhook: receiver.url })
  expect(await monthsOf(access_token)).toEqual(['2026-10'])
  await bank.client.statementsRefresh({ access_token, start_date: '2026-07-03', end_date: '2026-08-01' })
  expect(await monthsOf(access_token)).toEqual(['2026-10', '2026-9', '2026-8', '2026-7'])
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 1 }))
  expect(receiver.received.at(-1)?.body).toMatchObject({
    webhook_type: 'STATEMENTS',
    webhook_code: 'STATEMENTS_REFRESH_COMPLETE',
    result: 'SUCCESS',
  })
  const backwards = { access_token, start_date: '2026-08-01', end_date: '2026-07-01' }
  expect(await refusalOf(bank.client.statementsRefresh(backwards))).toMatchObject({ code: 'INVALID_FIELD' })
})

test('a link token that asks for statements says which; an item without the product gets it', async () => {
  const asking = { ...brokerageLink, products: [Products.Statements], country_codes: [CountryCode.Us] }
  expect(await refusalOf(bank.client.linkTokenCreate(asking))).toMatchObject({ code: 'MISSING_FIELDS' })
  const statements = { start_date: '2026-08-01', end_date: '2026-10-31' }
  await bank.client.linkTokenCreate({ ...asking, statements })

  const { accessToken: access_token } = await linkedItem(bank.client)
  expect(await monthsOf(access_token)).toHaveLength(24)
  const { data } = await bank.client.itemGet({ access_token })
  expect(data.item.billed_products).toContain('statements')
})

test('a statement of another item is not there, and a stranger has none', async () => {
  const [ours, other] = [await link(), await link()]
  const { data } = await bank.client.statementsList({ access_token: other })
  const statement_id = data.accounts[0]?.statements[0]?.statement_id ?? ''
  const asked = { access_token: ours, statement_id }
  expect(await refusalOf(bank.client.statementsDownload(asked))).toMatchObject({ code: 'INVALID_FIELD' })
  const strange = { access_token: other, statement_id }
  expect(await refusalOf(bank.stranger.statementsDownload(strange))).toMatchObject({
    code: 'INVALID_ACCESS_TOKEN',
  })
})
