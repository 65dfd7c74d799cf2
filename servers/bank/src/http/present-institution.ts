import type { InstitutionBody } from '@paddock/bank-wire'
import { drawLogo } from '../institutions/draw-logo.ts'
import { type Institution, routingNumbersOf } from '../institutions/institution.ts'
import { presentInstant } from './present-item.ts'

interface Detail {
  include_optional_metadata?: boolean | undefined
  include_auth_metadata?: boolean | undefined
  include_status?: boolean | undefined
}

/** The institution with the parts that were asked for; the others are absent, not null. */
export function presentInstitution(
  institution: Institution,
  detail: Detail = {},
  now?: Temporal.Instant,
): InstitutionBody {
  return {
    institution_id: institution.id,
    name: institution.name,
    products: [...institution.products],
    country_codes: [institution.countryCode],
    routing_numbers: routingNumbersOf(institution),
    dtc_numbers: [],
    oauth: institution.oauth,
    ...(detail.include_optional_metadata === true && {
      url: institution.url,
      primary_color: institution.primaryColor,
      logo: drawLogo(institution.primaryColor),
    }),
    ...(detail.include_auth_metadata === true && {
      auth_metadata: {
        supported_methods: {
          instant_auth: institution.products.includes('auth') && !institution.asksNumbers,
          instant_match: institution.asksNumbers,
          automated_micro_deposits: institution.asksNumbers,
          instant_micro_deposits: institution.depositsAtOnce,
        },
      },
    }),
    ...(detail.include_status === true && now !== undefined && { status: presentStatus(institution, now) }),
  }
}

const rates = {
  HEALTHY: { success: 0.99, error_institution: 0.01 },
  DEGRADED: { success: 0.6, error_institution: 0.4 },
  DOWN: { success: 0, error_institution: 1 },
} as const

function presentStatus({ health }: Institution, now: Temporal.Instant) {
  const status = {
    status: health,
    last_status_change: presentInstant(now.round('hour')),
    breakdown: {
      ...rates[health],
      error_plaid: 0,
      refresh_interval: health === 'HEALTHY' ? ('NORMAL' as const) : ('DELAYED' as const),
    },
  }
  return { item_logins: status, auth: status, identity: status, transactions_updates: status }
}
