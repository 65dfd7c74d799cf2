import { isRoutingNumber } from '@paddock/broker-wire'
import { DomainError } from '@paddock/kernel'
import { parseUsd, type UsdMinor } from '@paddock/money'
import { Configuration, PlaidApi } from 'plaid'
import { z } from 'zod'
import type { BrokerConfig } from '../config.ts'

/** What the bank tells about the account behind a processor token. */
export type BankAccountFacts = {
  readonly ownerName: string
  readonly type: 'CHECKING' | 'SAVINGS'
  readonly accountNumber: string
  readonly routingNumber: string
  readonly nickname: string
}

export type BankRefusal = 'bank_account_unsuitable' | 'bank_unreachable' | 'processor_token_refused'

export class BankRefused extends DomainError<BankRefusal> {
  override readonly name = 'BankRefused'
}

export type BankClient = {
  /** Redeems a processor token. The bank says no, does not answer, or tells all; it keeps nothing. */
  redeem(processorToken: string): Promise<BankAccountFacts>
  /** What the account behind the token could pay; nothing when the bank does not know it. */
  availableBalance(processorToken: string, timeoutMs: number): Promise<UsdMinor | undefined>
  /** Throws when the bank server does not answer at all. */
  ping(): Promise<void>
}

/** The bank server as the official client sees it. The only door to it. */
export function createBankClient(config: BrokerConfig): BankClient {
  const plaid = new PlaidApi(
    new Configuration({
      basePath: config.bank.baseUrl,
      baseOptions: {
        headers: { 'PLAID-CLIENT-ID': config.bank.clientId, 'PLAID-SECRET': config.bank.secret },
        timeout: config.bankTimeoutMs ?? 10_000,
      },
    }),
  )
  return {
    async redeem(processorToken) {
      const request = { processor_token: processorToken }
      const [auth, ownerName] = await Promise.all([
        asked(AuthAnswer, () => plaid.processorAuthGet(request)),
        asked(IdentityAnswer, () => plaid.processorIdentityGet(request))
          .then(({ account }) => account.owners[0]?.names[0])
          .catch(withoutIdentity),
      ])
      return readFacts(auth, ownerName ?? '')
    },
    async availableBalance(processorToken, timeoutMs) {
      const request = { processor_token: processorToken }
      const { account } = await asked(BalanceAnswer, () =>
        plaid.processorBalanceGet(request, { timeout: timeoutMs }),
      )
      const { available, current } = account.balances
      const told = available ?? current
      return told === null || told === undefined ? undefined : parseUsd(String(told))
    },
    async ping() {
      // Whatever it answers, it answers: this asks for no secret and works against any Plaid.
      await fetch(config.bank.baseUrl, { signal: AbortSignal.timeout(2_000) })
    },
  }
}

const AuthAnswer = z.object({
  account: z.object({
    name: z.string(),
    official_name: z.string().nullish(),
    subtype: z.string().nullish(),
  }),
  numbers: z.object({ ach: z.object({ account: z.string(), routing: z.string() }).nullish() }),
})

const BalanceAnswer = z.object({
  account: z.object({
    balances: z.object({ available: z.number().nullish(), current: z.number().nullish() }),
  }),
})

const IdentityAnswer = z.object({
  account: z.object({ owners: z.array(z.object({ names: z.array(z.string()) })) }),
})

/** One question. What does not look like the bank's answer is none, whatever its status. */
async function asked<Shape extends z.ZodType>(
  shape: Shape,
  call: () => Promise<{ data: unknown }>,
): Promise<z.infer<Shape>> {
  const { data } = await call().catch((error: unknown) => {
    throw toRefusal(error)
  })
  const answer = shape.safeParse(data)
  if (!answer.success) throw new BankRefused('bank_unreachable')
  return answer.data
}

/** Numbers are enough to move money: a link without the identity product just has no owner's name. */
function withoutIdentity(error: unknown): undefined {
  if (error instanceof BankRefused && error.code === 'processor_token_refused') return undefined
  throw error
}

function readFacts({ account, numbers }: z.infer<typeof AuthAnswer>, ownerName: string): BankAccountFacts {
  const { ach } = numbers
  const type = accountTypes[account.subtype ?? '']
  if (ach === null || ach === undefined || type === undefined || !isRoutingNumber(ach.routing)) {
    throw new BankRefused('bank_account_unsuitable')
  }
  return {
    ownerName,
    type,
    accountNumber: ach.account,
    routingNumber: ach.routing,
    nickname: account.official_name ?? account.name,
  }
}

const accountTypes: Readonly<Record<string, BankAccountFacts['type']>> = {
  checking: 'CHECKING',
  // Banks number such accounts like checking accounts, and ACH knows only two kinds.
  'cash management': 'CHECKING',
  savings: 'SAVINGS',
}

/**
 * An error of the client carries our secret in its request, so none of it is passed on: only the bank's
 * own error code. An answer that is not the bank's no counts as no answer.
 */
function toRefusal(error: unknown): BankRefused {
  const response = (error as { response?: { status?: number; data?: { error_code?: unknown } } }).response
  const status = response?.status ?? 0
  const errorCode = response?.data?.error_code
  const isNo =
    status >= 400 && status < 500 && status !== 401 && status !== 429 && typeof errorCode === 'string'
  if (!isNo || errorCode === 'INVALID_API_KEYS') {
    return new BankRefused('bank_unreachable', { status })
  }
  return new BankRefused('processor_token_refused', { errorCode })
}
