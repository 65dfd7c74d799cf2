import { Products } from 'plaid'
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

test('a processor reads balance, owner and bank of its one account', async () => {
  await using bank = await bankWith()
  const { processorToken: processor_token, checking } = await processorTokenOf(bank.client)
  const { data: balance } = await bank.partner.processorBalanceGet({ processor_token })
  expect(balance.account).toEqual(checking)
  const { data: identity } = await bank.partner.processorIdentityGet({ processor_token })
  expect(identity.account.owners[0]?.names).toEqual(['Nora Quill'])
  const { data: account } = await bank.partner.processorAccountGet({ processor_token })
  expect(account).toMatchObject({ account: checking, institution_id: 'ins_109508' })
})

test('an item tells what it was asked for, and grows by the product that is first used', async () => {
  await using bank = await bankWith()
  const { accessToken: access_token, itemId } = await linkedItem(bank.client, [Products.Transactions])
  const read = async () => (await bank.client.itemGet({ access_token })).data
  const fresh = await read()
  expect(fresh).toMatchObject({
    item: {
      item_id: itemId,
      institution_name: 'First Platypus Bank',
      products: ['transactions'],
      billed_products: ['transactions'],
      error: null,
      webhook: null,
    },
    status: { transactions: { last_failed_update: null }, investments: {}, last_webhook: null },
  })
  expect(fresh.item.available_products).toContain('identity')

  const { data: identity } = await bank.client.identityGet({ access_token })
  expect(identity.accounts).toHaveLength(12)
  for (const { owners } of identity.accounts) {
    expect(owners[0]).toMatchObject({ addresses: [{ primary: true }, { primary: false }] })
    expect(owners[0]?.emails).toHaveLength(3)
    expect(owners[0]?.phone_numbers).toHaveLength(3)
  }
  const { data: auth } = await bank.client.authGet({ access_token })
  expect(auth.accounts.map(({ mask }) => mask)).toEqual(['0000', '1111', '9002'])
  expect(auth.numbers).toMatchObject({ eft: [], international: [], bacs: [] })
  const grown = await read()
  expect(grown.item.products).toEqual(['transactions', 'identity', 'auth'])
  expect(grown.item.available_products).not.toContain('identity')
})

test('a custom user has the money that a demo needs', async () => {
  await using bank = await bankWith()
  const user = {
    override_accounts: [
      {
        type: 'depository',
        subtype: 'checking',
        starting_balance: 31250.07,
        meta: { name: 'Salary', mask: '4321' },
      },
    ],
  }
  const { data: made } = await bank.client.sandboxPublicTokenCreate({
    institution_id: 'ins_109511',
    initial_products: [Products.Auth],
    options: { override_username: 'user_custom', override_password: JSON.stringify(user) },
  })
  const { data: item } = await bank.client.itemPublicTokenExchange({ public_token: made.public_token })
  const { data } = await bank.client.accountsBalanceGet({ access_token: item.access_token })
  expect(data.accounts).toMatchObject([
    { name: 'Salary', mask: '4321', balances: { current: 31250.07, available: 31250.07 } },
  ])
})

test('banks abroad give numbers of their own country', async () => {
  await using bank = await bankWith()
  const numbersAt = async (institution_id: string) => {
    const { data: made } = await bank.client.sandboxPublicTokenCreate({
      institution_id,
      initial_products: [Products.Auth],
    })
    const { data } = await bank.client.itemPublicTokenExchange({ public_token: made.public_token })
    const { data: auth } = await bank.client.authGet({ access_token: data.access_token })
    return auth
  }
  const canada = await numbersAt('ins_43')
  expect(canada.numbers.ach).toEqual([])
  expect(canada.numbers.eft[0]).toMatchObject({ institution: '021', branch: '01140' })
  expect(canada.accounts[0]?.balances.iso_currency_code).toBe('CAD')
  const britain = await numbersAt('ins_117650')
  expect(britain.numbers.bacs[0]).toMatchObject({ account: '33330000', sort_code: '040004' })
  expect((await numbersAt('ins_900015')).numbers.international[0]?.iban).toMatch(/^DE\d{20}$/)
})
