import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'
import { linkedItem, processorTokenOf } from './linking.ts'

test('a sandbox login is linked, exchanged, listed and handed to a processor that reads its numbers', async () => {
  await using bank = await bankWith()
  const { processorToken, checking } = await processorTokenOf(bank.client)
  expect(processorToken).toMatch(/^processor-sandbox-[0-9a-f-]{36}$/)
  expect(checking).toMatchObject({
    mask: '0000',
    type: 'depository',
    balances: { available: 100, current: 110, limit: null, iso_currency_code: 'USD' },
  })

  for (const reader of [bank.client, bank.partner]) {
    const { data } = await reader.processorAuthGet({ processor_token: processorToken })
    expect(data.account.account_id).toBe(checking.account_id)
    expect(data.numbers).toEqual({
      ach: {
        account_id: checking.account_id,
        account: '1111222233330000',
        routing: '011401533',
        wire_routing: '021000021',
        is_tokenized_account_number: false,
      },
      eft: null,
      international: null,
      bacs: null,
    })
  }
})

test('the twelve accounts of user_good have the balances of the sandbox', async () => {
  await using bank = await bankWith()
  const { accounts } = await linkedItem(bank.client)
  expect(accounts.map((account) => [account.mask, account.subtype, account.balances.current])).toEqual([
    ['0000', 'checking', 110],
    ['1111', 'savings', 210],
    ['2222', 'cd', 1000],
    ['3333', 'credit card', 410],
    ['4444', 'money market', 43200],
    ['5555', 'ira', 320.76],
    ['6666', '401k', 23631.98],
    ['7777', 'student', 65262],
    ['8888', 'mortgage', 56302.06],
    ['9001', 'hsa', 6009],
    ['9002', 'cash management', 12060],
    ['9999', 'credit card', 5020],
  ])
})
