import {
  type AccountBase,
  Configuration,
  CountryCode,
  type LinkTokenCreateResponse,
  PlaidApi,
  Products,
} from 'plaid'
import type { BankSettings } from '../config.ts'
import type { UserId } from '../identity/user.ts'
import { toBankRefused } from './bank-refused.ts'

export type LinkTokenAnswer = LinkTokenCreateResponse

export interface LinkedAccount {
  readonly accountId: string
  readonly name: string
  readonly mask: string | null
  readonly subtype: string | null
  readonly canFund: boolean
  /** Dollars, as the bank's side writes them: JSON numbers. */
  readonly available: number | null
  readonly current: number | null
}

/** The only door to the bank's side. What it throws is a `BankRefused` and never carries a secret. */
export interface BankClient {
  createLinkToken(userId: UserId): Promise<LinkTokenAnswer>
  exchangePublicToken(publicToken: string): Promise<{ accessToken: string; itemId: string }>
  readAccounts(accessToken: string): Promise<{ institutionName: string; accounts: LinkedAccount[] }>
  createProcessorToken(accessToken: string, accountId: string): Promise<string>
  removeItem(accessToken: string): Promise<void>
  ping(): Promise<void>
}

const TIMEOUT_MS = 10_000
const MOST_BYTES = 8 * 1_048_576

/** Checking and savings are what ACH can reach. */
const FUNDING_SUBTYPES: readonly string[] = ['checking', 'savings', 'cash management']

export function openBank({ baseUrl, clientId, secret }: BankSettings): BankClient {
  const plaid = new PlaidApi(
    new Configuration({
      basePath: baseUrl.replace(/\/+$/, ''),
      baseOptions: {
        timeout: TIMEOUT_MS,
        maxRedirects: 0,
        maxContentLength: MOST_BYTES,
        headers: { 'PLAID-CLIENT-ID': clientId, 'PLAID-SECRET': secret, 'Plaid-Version': '2020-09-14' },
      },
    }),
  )

  return {
    createLinkToken: (userId) =>
      ask(() =>
        plaid.linkTokenCreate({
          client_name: 'Paddock',
          language: 'en',
          country_codes: [CountryCode.Us],
          // One per user: the seed's one for all would mix everybody's banks.
          user: { client_user_id: userId },
          products: [Products.Auth],
        }),
      ),

    async exchangePublicToken(publicToken) {
      const answer = await ask(() => plaid.itemPublicTokenExchange({ public_token: publicToken }))
      return { accessToken: answer.access_token, itemId: answer.item_id }
    },

    async readAccounts(accessToken) {
      const answer = await ask(() => plaid.accountsGet({ access_token: accessToken }))
      return {
        institutionName: answer.item.institution_name ?? 'Bank',
        accounts: answer.accounts.map(toLinkedAccount),
      }
    },

    async createProcessorToken(accessToken, accountId) {
      const request = { access_token: accessToken, account_id: accountId, processor: 'alpaca' } as const
      return (await ask(() => plaid.processorTokenCreate(request as never))).processor_token
    },

    async removeItem(accessToken) {
      await ask(() => plaid.itemRemove({ access_token: accessToken }))
    },

    async ping() {
      await ask(() => plaid.institutionsGet({ count: 1, offset: 0, country_codes: [CountryCode.Us] }))
    },
  }
}

async function ask<Answer>(call: () => Promise<{ data: Answer }>): Promise<Answer> {
  try {
    return (await call()).data
  } catch (error) {
    throw toBankRefused(error)
  }
}

function toLinkedAccount(account: AccountBase): LinkedAccount {
  return {
    accountId: account.account_id,
    name: account.name,
    mask: account.mask,
    subtype: account.subtype,
    canFund: account.type === 'depository' && FUNDING_SUBTYPES.includes(account.subtype ?? ''),
    available: account.balances.available,
    current: account.balances.current,
  }
}
