import type { PlaidApi } from 'plaid'
import { CountryCode, ProcessorTokenCreateRequestProcessorEnum, Products } from 'plaid'

export const PLATYPUS = 'ins_109508'

/** Links `user_good` without Link and answers the public token. */
export async function publicTokenOf(client: PlaidApi, products: Products[] = [Products.Auth]) {
  const { data } = await client.sandboxPublicTokenCreate({
    institution_id: PLATYPUS,
    initial_products: products,
  })
  return data.public_token
}

/** The same, exchanged, with its checking account. */
export async function linkedItem(client: PlaidApi, products?: Products[]) {
  const public_token = await publicTokenOf(client, products)
  const { data } = await client.itemPublicTokenExchange({ public_token })
  const { data: listed } = await client.accountsGet({ access_token: data.access_token })
  const checking = listed.accounts.find((account) => account.subtype === 'checking')
  if (checking === undefined) throw new Error('no checking account')
  return { accessToken: data.access_token, itemId: data.item_id, accounts: listed.accounts, checking }
}

export async function processorTokenOf(client: PlaidApi) {
  const { accessToken, checking } = await linkedItem(client)
  const { data } = await client.processorTokenCreate({
    access_token: accessToken,
    account_id: checking.account_id,
    processor: ProcessorTokenCreateRequestProcessorEnum.Alpaca,
  })
  return { processorToken: data.processor_token, accessToken, checking }
}

/** What a brokerage asks of Link. */
export const brokerageLink = {
  client_name: 'Paddock',
  language: 'en',
  country_codes: [CountryCode.Us],
  user: { client_user_id: 'user-1' },
  products: [Products.Auth],
}

/** Processor tokens for a card and for an investment account. */
export async function otherProcessorTokens(client: PlaidApi) {
  const products = [Products.Auth, Products.Liabilities, Products.Investments]
  const { accessToken, accounts } = await linkedItem(client, products)
  const tokenFor = async (wanted: string) => {
    const { data } = await client.processorTokenCreate({
      access_token: accessToken,
      account_id: accounts.find(({ type }) => type === wanted)?.account_id ?? '',
      processor: ProcessorTokenCreateRequestProcessorEnum.Alpaca,
    })
    return data.processor_token
  }
  return { card: await tokenFor('credit'), invested: await tokenFor('investment') }
}
