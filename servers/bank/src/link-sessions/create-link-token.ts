import type { LinkTokenCreateRequest } from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { institutions } from '../institutions/catalog.ts'
import { openItem } from '../items/open-item.ts'
import { BankRefused } from '../refusals.ts'
import { hashToken, newToken } from '../tokens/secret-token.ts'
import { personOf } from '../users/user.ts'
import { findNamedUser } from '../users/users.ts'
import { readAuthOptions } from '../verification/auth-flows.ts'
import type { LinkRequest } from './link-token.ts'
import { insertLinkToken } from './link-token-store.ts'
import { hidePerson, readToldPerson } from './told-person.ts'

const LIFE = Temporal.Duration.from({ hours: 4 })
const LIFE_IN_UPDATE_MODE = Temporal.Duration.from({ minutes: 30 })
/** Served without being asked for, or not at all: the vendor refuses them in a link token. */
const NEVER_ASKED_FOR = ['balance', 'recurring_transactions']
/** Apps on phones have schemes of their own; these are none. */
const RUNS_AS_SCRIPT = /^(?:javascript|vbscript|data|blob|file|about):$/
const PERSONAL = /^(?:[^@\s]+@[^@\s]+\.[^@\s]+|\+\d[\d\s().-]{8,18})$/

/** Makes the token that opens Link, for a new item or to repair the login of one. */
export async function createLinkToken(
  ctx: BankContext,
  clientId: string,
  body: LinkTokenCreateRequest,
): Promise<{ linkToken: string; expiresAt: Temporal.Instant; userId: string | null; isHosted: boolean }> {
  const user = await findNamedUser(ctx, clientId, body)
  const request = { ...readLinkRequest(body), userId: user?.id ?? null }
  const item = body.access_token === undefined ? undefined : await openItem(ctx, clientId, body.access_token)
  if (item === undefined && request.products.length === 0) throw new BankRefused('products_missing')

  const linkToken = newToken('link')
  const createdAt = ctx.clock.now()
  const life = item === undefined ? LIFE : LIFE_IN_UPDATE_MODE
  const asked = body.hosted_link?.url_lifetime_seconds
  const expiresAt = createdAt.add(asked === undefined ? life : { seconds: asked })
  const hash = hashToken(linkToken)
  const person = readToldPerson(body) ?? (user === undefined ? null : personOf(user))
  await insertLinkToken(ctx.db, {
    clientId,
    hash,
    request,
    updateItemId: item?.id ?? null,
    personCipher: hidePerson(ctx, hash, person),
    createdAt,
    expiresAt,
  })
  return { linkToken, expiresAt, userId: request.userId, isHosted: request.hosted != null }
}

function readLinkRequest(body: LinkTokenCreateRequest): LinkRequest {
  if (body.user === undefined && body.user_id === undefined && body.user_token === undefined) {
    throw new BankRefused('user_missing')
  }
  if (body.user !== undefined && PERSONAL.test(body.user.client_user_id)) {
    throw new BankRefused('user_id_is_personal')
  }
  const { products = [], required_if_supported_products = [], optional_products = [] } = body
  refuseProducts([
    products,
    required_if_supported_products,
    optional_products,
    body.additional_consented_products ?? [],
  ])
  return {
    clientName: body.client_name,
    language: body.language,
    countryCodes: body.country_codes,
    products,
    wantedProducts: [...required_if_supported_products, ...optional_products],
    consentedProducts: body.additional_consented_products ?? null,
    webhook: body.webhook ?? null,
    redirectUri: readRedirectUri(body.redirect_uri),
    accountFilters: body.account_filters ?? null,
    institutionData: body.institution_data ?? null,
    auth: readAuthOptions(body.auth),
    daysRequested: body.transactions?.days_requested ?? null,
    ...readIncomeAndStatements(body),
    hosted: readHosted(body.hosted_link),
    multiItem: body.enable_multi_item_link ?? false,
    selectsAccounts: body.update?.account_selection_enabled ?? false,
  }
}

function readIncomeAndStatements(body: LinkTokenCreateRequest) {
  const asked = [
    ...(body.products ?? []),
    ...(body.required_if_supported_products ?? []),
    ...(body.optional_products ?? []),
  ]
  const { statements: range, income_verification: income } = body
  if (asked.includes('statements') && range === undefined) throw new BankRefused('statements_range_missing')
  if (range !== undefined && range.start_date > range.end_date)
    throw new BankRefused('statements_range_wrong')
  const isNamed = body.user_id !== undefined || body.user_token !== undefined
  if (asked.includes('income_verification') && !isNamed) throw new BankRefused('user_unnamed')
  return {
    statements: range === undefined ? null : { from: range.start_date, to: range.end_date },
    incomeDays: income?.bank_income?.days_requested ?? null,
  }
}

/** No product may be listed twice, and those that must be served have to be sold by some bank here. */
function refuseProducts(lists: readonly (readonly string[])[]): void {
  const all = lists.flat()
  const refused = all.filter((product) => NEVER_ASKED_FOR.includes(product))
  const unsold = (lists[0] ?? []).filter(
    (product) => !institutions.some((institution) => institution.products.some((sold) => sold === product)),
  )
  const products = [...new Set([...refused, ...unsold])]
  if (products.length > 0) throw new BankRefused('product_not_allowed', { products })
  const repeated = all.filter((product, index) => all.indexOf(product) !== index)
  if (repeated.length > 0) throw new BankRefused('product_repeated', { products: [...new Set(repeated)] })
}

function readHosted(
  hosted: LinkTokenCreateRequest['hosted_link'],
): NonNullable<LinkRequest['hosted']> | null {
  if (hosted === undefined) return null
  const completionRedirectUri = hosted.completion_redirect_uri ?? null
  if (completionRedirectUri !== null) {
    const protocol = URL.parse(completionRedirectUri)?.protocol
    if (protocol === undefined || RUNS_AS_SCRIPT.test(protocol))
      throw new BankRefused('completion_uri_invalid')
  }
  return { completionRedirectUri }
}

function readRedirectUri(text: string | undefined): string | null {
  if (text === undefined) return null
  const url = URL.parse(text)
  const web = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url === null || !web || /[?#]/.test(text)) throw new BankRefused('redirect_uri_invalid')
  return text
}
