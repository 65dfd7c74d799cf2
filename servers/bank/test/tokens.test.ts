import { Products } from 'plaid'
import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'
import { linkedItem, processorTokenOf, publicTokenOf } from './linking.ts'
import { refusalOf } from './refusal.ts'

test('of two exchanges of one public token at the same time exactly one succeeds', async () => {
  await using bank = await bankWith()
  for (let round = 0; round < 5; round += 1) {
    const public_token = await publicTokenOf(bank.client)
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => bank.client.itemPublicTokenExchange({ public_token })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  }
})

test('a public token that was exchanged, has expired or never was is refused', async () => {
  await using bank = await bankWith()
  const exchange = (public_token: string) => bank.client.itemPublicTokenExchange({ public_token })
  const refused = { status: 400, type: 'INVALID_INPUT', code: 'INVALID_PUBLIC_TOKEN' }

  const used = await publicTokenOf(bank.client)
  await exchange(used)
  expect(await refusalOf(exchange(used))).toMatchObject(refused)
  expect(await refusalOf(exchange('public-sandbox-none'))).toMatchObject(refused)

  const late = await publicTokenOf(bank.client)
  bank.clock.moveTo(bank.clock.now().add({ minutes: 30 }))
  expect(await refusalOf(exchange(late))).toMatchObject(refused)
})

test('another client can use none of our tokens, whatever it has got hold of', async () => {
  await using bank = await bankWith()
  const { client, stranger } = bank
  const public_token = await publicTokenOf(client)
  const { accessToken: access_token, checking } = await linkedItem(client)
  const { processorToken: processor_token } = await processorTokenOf(client)
  const { account_id } = checking
  const { data: link } = await client.linkTokenCreate({
    client_name: 'Paddock',
    language: 'en',
    country_codes: ['US' as never],
    user: { client_user_id: 'u' },
    products: [Products.Auth],
  })

  const attempts = {
    INVALID_PUBLIC_TOKEN: [() => stranger.itemPublicTokenExchange({ public_token })],
    INVALID_ACCESS_TOKEN: [
      () => stranger.accountsGet({ access_token }),
      () => stranger.accountsBalanceGet({ access_token }),
      () => stranger.authGet({ access_token }),
      () => stranger.identityGet({ access_token }),
      () => stranger.itemGet({ access_token }),
      () => stranger.itemRemove({ access_token }),
      () => stranger.sandboxItemResetLogin({ access_token }),
      () => stranger.processorTokenCreate({ access_token, account_id, processor: 'alpaca' as never }),
    ],
    INVALID_PROCESSOR_TOKEN: [
      () => stranger.processorAuthGet({ processor_token }),
      () => stranger.processorBalanceGet({ processor_token }),
      () => stranger.processorIdentityGet({ processor_token }),
      () => stranger.processorAccountGet({ processor_token }),
    ],
    INVALID_LINK_TOKEN: [() => stranger.linkTokenGet({ link_token: link.link_token })],
  }
  for (const [code, calls] of Object.entries(attempts)) {
    for (const call of calls) expect(await refusalOf(call())).toMatchObject({ status: 400, code })
  }
  // Nothing of it hurt the owner.
  expect((await client.itemPublicTokenExchange({ public_token })).data.item_id).toHaveLength(37)
  expect((await client.itemGet({ access_token })).data.item.error).toBeNull()
})

test('removing an item ends every token of it and forgets its accounts', async () => {
  await using bank = await bankWith()
  const { processorToken, accessToken: access_token } = await processorTokenOf(bank.client)
  await bank.client.itemRemove({ access_token })
  for (const call of [
    () => bank.client.itemGet({ access_token }),
    () => bank.client.accountsGet({ access_token }),
    () => bank.client.itemRemove({ access_token }),
  ]) {
    expect(await refusalOf(call())).toMatchObject({ status: 400, type: 'ITEM_ERROR', code: 'ITEM_NOT_FOUND' })
  }
  expect(await refusalOf(bank.partner.processorAuthGet({ processor_token: processorToken }))).toMatchObject({
    code: 'INVALID_PROCESSOR_TOKEN',
  })
})

test('six removals at once remove once', async () => {
  await using bank = await bankWith()
  const { accessToken: access_token } = await linkedItem(bank.client)
  const tries = await Promise.allSettled(
    Array.from({ length: 6 }, () => bank.client.itemRemove({ access_token })),
  )
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a broken login is told by /item/get and refused by everything else', async () => {
  await using bank = await bankWith()
  const { processorToken: processor_token, accessToken: access_token } = await processorTokenOf(bank.client)
  const { data } = await bank.client.sandboxItemResetLogin({ access_token })
  expect(data.reset_login).toBe(true)
  const { data: read } = await bank.client.itemGet({ access_token })
  expect(read.item.error).toMatchObject({ error_type: 'ITEM_ERROR', error_code: 'ITEM_LOGIN_REQUIRED' })
  for (const call of [
    () => bank.client.accountsGet({ access_token }),
    () => bank.client.authGet({ access_token }),
    () => bank.client.identityGet({ access_token }),
    () => bank.partner.processorAuthGet({ processor_token }),
  ]) {
    expect(await refusalOf(call())).toMatchObject({ status: 400, code: 'ITEM_LOGIN_REQUIRED' })
  }
  await bank.client.itemRemove({ access_token })
})

test('everything is still there after the server was ended and started again', async () => {
  await using bank = await bankWith()
  const { accessToken: access_token, processorToken, checking } = await processorTokenOf(bank.client)
  const waiting = await publicTokenOf(bank.client)
  await bank.restart()
  const { data } = await bank.client.authGet({ access_token })
  expect(data.numbers.ach[0]).toMatchObject({ account_id: checking.account_id, account: '1111222233330000' })
  const redeemed = await bank.partner.processorAuthGet({ processor_token: processorToken })
  expect(redeemed.data.account.account_id).toBe(checking.account_id)
  await bank.client.itemPublicTokenExchange({ public_token: waiting })
})
