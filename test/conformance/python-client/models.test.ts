import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import * as accounts from './models/accounts.ts'
import * as funding from './models/funding.ts'
import * as trading from './models/trading.ts'

const models: Readonly<Record<string, z.ZodType>> = { ...accounts, ...funding, ...trading } as never
const reference = new URL('../../../../shared/reference/alpaca-broker-api.md', import.meta.url)
const isThere = existsSync(reference)

/** The samples that the official client was seen to parse: `py=Order`, `py=[Order]`. */
const samples = isThere
  ? [...readFileSync(reference, 'utf8').matchAll(/```json py=(\[?)(\w+)\]?\n([\s\S]*?)```/g)]
  : []

test.skipIf(!isThere)(
  `our models take what the official client takes${isThere ? '' : ' (skipped: no reference files)'}`,
  () => {
    expect(samples.length).toBeGreaterThan(20)
    for (const [, bracket, name = '', text = ''] of samples) {
      const model = models[name]
      expect(model, name).toBeDefined()
      const value: unknown = JSON.parse(text)
      for (const row of bracket === '' ? [value] : (value as unknown[])) {
        expect(model?.safeParse(row).error?.issues, name).toBeUndefined()
      }
    }
  },
)

const journal = {
  id: '51c07a2b-7a2d-4df3-9d7c-b9d1bb4e0a01',
  from_account: 'b3f9d9d0-1111-4c2e-9f55-2b1f4b1a0c01',
  to_account: '6a1f0f7e-3a54-4c0c-9f0b-0d6f6e2b7a10',
  entry_type: 'JNLC',
  status: 'executed',
}
const account = {
  id: '6a1f0f7e-3a54-4c0c-9f0b-0d6f6e2b7a10',
  account_number: '739104882',
  status: 'ACTIVE',
  currency: 'USD',
  last_equity: '0',
  created_at: '2026-03-02T14:05:12Z',
}

test.for([
  {
    what: 'a journal of a status that is too new',
    model: funding.Journal,
    value: { ...journal, status: 'activity_created' },
  },
  { what: 'a journal with an empty amount', model: funding.Journal, value: { ...journal, net_amount: '' } },
  {
    what: 'a journal in an unknown currency',
    model: funding.Journal,
    value: { ...journal, currency: 'MXN' },
  },
  { what: 'an account whose contact is null', model: accounts.Account, value: { ...account, contact: null } },
  {
    what: 'an account whose equity is a number',
    model: accounts.Account,
    value: { ...account, last_equity: 0 },
  },
  {
    what: 'an account without a number',
    model: accounts.Account,
    value: { ...account, account_number: null },
  },
  {
    what: 'an account with a document of a new type',
    model: accounts.Account,
    value: { ...account, documents: [{ id: null, document_type: 'w9' }] },
  },
  {
    what: 'a weight of nothing',
    model: trading.Portfolio.shape.weights,
    value: [{ type: 'cash', percent: '0' }],
  },
])('they refuse what breaks it: $what', ({ model, value }) => {
  expect(model.safeParse(value).success).toBe(false)
})
