import type { LinkSessionBody } from '@paddock/bank-wire'
import { formatUsd } from '@paddock/money'
import type { BankContext } from '../context.ts'
import { findInstitution } from '../institutions/catalog.ts'
import { type Institution, initialsOf } from '../institutions/institution.ts'
import type { Account } from '../items/item.ts'
import type { AccountChoice } from '../link-sessions/account-choice.ts'
import type { LinkEvent, LinkSession } from '../link-sessions/link-session.ts'
import type { LinkRequest } from '../link-sessions/link-token.ts'
import { publicTokenOf } from '../link-sessions/session-public-token.ts'
import type { ByHand } from '../verification/auth-flows.ts'
import { typedNumbersOf } from '../verification/code.ts'
import { hintOf } from '../verification/micro-deposit.ts'
import type { TypedNumbers } from '../verification/typed-numbers.ts'
import { presentInstant } from './present-item.ts'

/** What the client asked for, as it asked for it. */
export function presentLinkMetadata(request: LinkRequest) {
  const filters = Object.entries(request.accountFilters ?? {}).flatMap(([type, filter]) =>
    filter === undefined ? [] : [[type, { account_subtypes: filter.account_subtypes }] as const],
  )
  return {
    initial_products: [...request.products],
    webhook: request.webhook,
    country_codes: [...request.countryCodes],
    language: request.language,
    redirect_uri: request.redirectUri,
    client_name: request.clientName,
    ...(filters.length > 0 && { account_filters: Object.fromEntries(filters) }),
    ...(request.institutionData !== null && { institution_data: request.institutionData }),
  }
}

export function presentSession(
  ctx: BankContext,
  session: LinkSession,
  events: readonly LinkEvent[],
): LinkSessionBody {
  return {
    link_session_id: session.id,
    started_at: presentInstant(session.startedAt),
    finished_at: session.finishedAt === null ? null : presentInstant(session.finishedAt),
    exit: presentExit(session),
    events: events.map(({ id, name, metadata, at }) => ({
      event_id: id,
      event_name: name,
      timestamp: presentInstant(at),
      event_metadata: { ...metadata },
    })),
    results: presentResults(ctx, session),
  }
}

function presentExit({ id, institutionId, outcome }: LinkSession): LinkSessionBody['exit'] {
  if (outcome?.kind !== 'exited') return null
  const institution = institutionId === null ? undefined : findInstitution(institutionId)
  return {
    error: outcome.error,
    metadata: {
      institution:
        institution === undefined ? null : { name: institution.name, institution_id: institution.id },
      ...(outcome.status !== null && { status: outcome.status }),
      link_session_id: id,
      request_id: outcome.requestId,
    },
  }
}

function presentResults(ctx: BankContext, session: LinkSession): LinkSessionBody['results'] {
  if (session.outcome?.kind !== 'linked') return null
  const { accounts, institution } = session.outcome.metadata
  return {
    item_add_results: [{ public_token: publicTokenOf(ctx, session), accounts, institution }],
    cra_item_add_results: [],
    cra_update_results: [],
    bank_income_results: [],
    payroll_income_results: [],
    document_income_results: null,
  }
}

const countries = new Intl.DisplayNames(['en'], { type: 'region' })

/** The countries whose banks Link lists, by name. */
export function presentCountries(codes: readonly string[]) {
  return codes.map((code) => ({ code, name: countries.of(code) ?? code }))
}

/** A bank as the Link page lists it. */
export function presentLinkInstitution(institution: Institution) {
  return {
    institution_id: institution.id,
    name: institution.name,
    initials: initialsOf(institution),
    primary_color: institution.primaryColor,
    country_name: countries.of(institution.countryCode) ?? institution.countryCode,
    health: institution.health,
    oauth: institution.oauth,
    url: institution.url,
  }
}

/** Whether Link offers to type numbers, with the holder as the client told it. */
export function presentByHand(byHand: ByHand | undefined, holderName: string | undefined) {
  if (byHand === undefined) return null
  const { subtypes, offeredFirst } = byHand
  return { subtypes: [...subtypes], offered_first: offeredFirst, holder_name: holderName ?? null }
}

/** The account of an item that was linked by numbers, with the deposit whose code is still to be typed. */
export function presentTyped(account: Account | undefined) {
  if (account === undefined) return null
  const isPending = account.verificationStatus === 'pending_manual_verification'
  return { deposit: isPending ? presentDeposit(account, typedNumbersOf(account)) : null }
}

export function presentDeposit({ name, mask }: Pick<Account, 'name' | 'mask'>, numbers: TypedNumbers) {
  return { account_name: name, mask, hint: hintOf(numbers) }
}

const reasons: Record<NonNullable<AccountChoice['reason']>, string> = {
  not_payable: 'Cannot send or receive transfers',
}

/** An account as Link and a bank's page offer it. */
export function presentChoice({ key, account, reason, isShared }: AccountChoice) {
  const balanceMinor = account.availableMinor ?? account.currentMinor
  return {
    account_key: key,
    name: account.name,
    mask: account.mask,
    subtype: account.subtype,
    balance: balanceMinor === null ? null : formatUsd(balanceMinor),
    currency: account.currency,
    reason: reason === null ? null : reasons[reason],
    shared: isShared,
  }
}
