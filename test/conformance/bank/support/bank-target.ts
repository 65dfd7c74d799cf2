import { setTimeout as wait } from 'node:timers/promises'
import axios, { isAxiosError } from 'axios'
import { Configuration, PlaidApi } from 'plaid'
import { expect } from 'vitest'
import { alpaca, bankWith, keys } from '../../../../servers/bank/test/bank-with.ts'
import { hasVendorDocument, readVendorDocument } from '../../../../servers/bank/test/vendor-document.ts'
import { strictProblems } from './strict-answers.ts'

interface Keys {
  readonly clientId: string
  readonly secret: string
}

/** A bank under test, ours or anybody's: whatever is asked of it here, each answer is held against both contracts. */
export interface BankTarget extends AsyncDisposable {
  readonly url: string
  readonly keys: Keys
  readonly partnerKeys: Keys
  /** The vendor's own client with our keys. */
  readonly plaid: PlaidApi
  /** The same with a partner's keys, who redeems processor tokens. */
  readonly partner: PlaidApi
  /** Exactly this body and these headers; without headers, our keys and JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<RawAnswer>
  /** Lets time go by: at once in our world, by waiting elsewhere. */
  pass(seconds: number): Promise<void>
}

export interface RawAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field in tests
  readonly body: any
}

const { CONFORM_BANK_URL, CONFORM_CLIENT_ID, CONFORM_SECRET, CONFORM_PARTNER_ID, CONFORM_PARTNER_SECRET } =
  process.env

/** The suite is pointed at somebody's server (`npm run conform`): no clock to move there, and no receiver of ours in its reach. */
export const isElsewhere = CONFORM_BANK_URL !== undefined
export const hasPartner = !isElsewhere || CONFORM_PARTNER_ID !== undefined

/** An address for webhooks at which nobody listens. */
export const NOWHERE = /^https?:\/\/(?!127\.|localhost)/.test(CONFORM_BANK_URL ?? '')
  ? 'https://example.com/hooks'
  : 'http://127.0.0.1:9/hooks'

export async function openBank(): Promise<BankTarget> {
  return CONFORM_BANK_URL === undefined ? bootOurs() : reachOther(CONFORM_BANK_URL.replace(/\/+$/, ''))
}

async function bootOurs(): Promise<BankTarget> {
  const ours = await bankWith()
  return {
    ...clientsOf(ours.url, keys, alpaca),
    pass: async (seconds) => {
      await ours.clock.advanceTo(ours.clock.now().add({ seconds }))
    },
    [Symbol.asyncDispose]: () => ours[Symbol.asyncDispose](),
  }
}

function reachOther(url: string): BankTarget {
  const own = { clientId: CONFORM_CLIENT_ID ?? '', secret: CONFORM_SECRET ?? '' }
  const partner = { clientId: CONFORM_PARTNER_ID ?? '', secret: CONFORM_PARTNER_SECRET ?? '' }
  return {
    ...clientsOf(url, own, partner),
    pass: (seconds) => wait(seconds * 1_000),
    async [Symbol.asyncDispose]() {},
  }
}

function clientsOf(url: string, own: Keys, partner: Keys) {
  const look = checker()
  return {
    url,
    keys: own,
    partnerKeys: partner,
    plaid: checkedClient(url, own, look),
    partner: checkedClient(url, partner, look),
    async post(path: string, body: unknown, headers: Record<string, string> = headersOf(own)) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: text })
      const answer = { status: response.status, body: await response.json() }
      look(path, answer.status, answer.body)
      return answer
    },
  }
}

export const json = { 'content-type': 'application/json' }

function headersOf({ clientId, secret }: Keys) {
  return { ...json, 'plaid-client-id': clientId, 'plaid-secret': secret, 'plaid-version': '2020-09-14' }
}

type Look = (path: string, status: number, body: unknown) => void

function checkedClient(basePath: string, { clientId, secret }: Keys, look: Look): PlaidApi {
  const http = axios.create()
  const pathOf = (url = '') => url.slice(basePath.length)
  http.interceptors.response.use(
    (answer) => {
      look(pathOf(answer.config.url), answer.status, answer.data)
      return answer
    },
    (error: unknown) => {
      if (isAxiosError(error) && error.response !== undefined) {
        look(pathOf(error.config?.url), error.response.status, error.response.data)
      }
      throw error
    },
  )
  const headers = { 'PLAID-CLIENT-ID': clientId, 'PLAID-SECRET': secret, 'Plaid-Version': '2020-09-14' }
  const configuration = new Configuration({ basePath, baseOptions: { headers, timeout: 30_000 } })
  // The client is typed for the other build of axios.
  return new PlaidApi(configuration, basePath, http as never)
}

const vendor = hasVendorDocument ? readVendorDocument() : undefined

/** What must be true of each answer, whatever was asked. */
function checker(): Look {
  const seen = new Set<unknown>()
  return (path, status, body) => {
    const { request_id } = body as { request_id: unknown }
    expect([path, request_id]).toEqual([path, expect.stringMatching(/^[0-9A-Za-z]{10,40}$/)])
    expect([path, seen.has(request_id)]).toEqual([path, false])
    seen.add(request_id)
    expect([path, strictProblems(path, status, body), body]).toEqual([path, [], body])
    const found = status < 400 ? vendor?.problemsOf(path, body) : vendor?.problemsOfError(body)
    expect([path, found ?? null, body]).toEqual([path, null, body])
  }
}
