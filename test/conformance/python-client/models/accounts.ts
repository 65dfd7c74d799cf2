import { z } from 'zod'
import { day, decimal, key, maybe, moment, oneOf, text, unlessNull, uuid } from './values.ts'

export const AccountStatus = z.enum([
  'ACCOUNT_CLOSED',
  'ACCOUNT_UPDATED',
  'ACTION_REQUIRED',
  'ACTIVE',
  'AML_REVIEW',
  'APPROVAL_PENDING',
  'APPROVED',
  'DISABLED',
  'DISABLE_PENDING',
  'EDITED',
  'INACTIVE',
  'KYC_SUBMITTED',
  'LIMITED',
  'ONBOARDING',
  'PAPER_ONLY',
  'REAPPROVAL_PENDING',
  'REJECTED',
  'RESUBMITTED',
  'SIGNED_UP',
  'SUBMISSION_FAILED',
  'SUBMITTED',
])

const TaxIdType = oneOf(
  'USA_SSN USA_ITIN ARG_AR_CUIT AUS_TFN AUS_ABN BOL_NIT BRA_CPF CHL_RUT COL_NIT CRI_NITE DEU_TAX_ID DOM_RNC ECU_RUC FRA_SPI GBR_UTR GBR_NINO GTM_NIT HND_RTN HUN_TIN IDN_KTP IND_PAN ISR_TAX_ID ITA_TAX_ID JPN_TAX_ID MEX_RFC NIC_RUC NLD_TIN PAN_RUC PER_RUC PRY_RUC SGP_NRIC SGP_FIN SGP_ASGD SGP_ITR SLV_NIT SWE_TAX_ID URY_RUT VEN_RIF NATIONAL_ID PASSPORT PERMANENT_RESIDENT DRIVER_LICENSE OTHER_GOV_ID NOT_SPECIFIED',
)

const Identity = z.object({
  given_name: text,
  family_name: text,
  country_of_tax_residence: text,
  date_of_birth: maybe(text),
  tax_id_type: maybe(TaxIdType),
  visa_type: maybe(
    z.enum(['B1', 'B2', 'DACA', 'E1', 'E2', 'E3', 'F1', 'G4', 'H1B', 'J1', 'L1', 'OTHER', 'O1', 'TN1']),
  ),
  funding_source: maybe(
    z.array(
      z.enum(['employment_income', 'investments', 'inheritance', 'business_income', 'savings', 'family']),
    ),
  ),
})

const OwnerDocument = z.object({
  id: key(text),
  document_type: key(
    z.enum([
      'identity_verification',
      'address_verification',
      'date_of_birth_verification',
      'tax_id_verification',
      'account_approval_letter',
      'cip_result',
      'w8ben',
      'limited_trading_authorization',
      'hio_declaration_form',
      'pep_declaration_form',
      'company_formation',
      'entity_operating_document',
      'entity_registration',
    ]),
  ),
})

const TrustedContact = z
  .object({
    given_name: text,
    family_name: text,
    email_address: maybe(text),
    phone_number: maybe(text),
    street_address: maybe(text),
  })
  .refine(
    ({ email_address, phone_number, street_address }) =>
      [email_address, phone_number, street_address].some((one) => one != null),
    'needs a way to be reached',
  )

export const Account = z.object({
  id: uuid,
  account_number: text,
  status: AccountStatus,
  crypto_status: maybe(AccountStatus),
  currency: text,
  last_equity: text,
  created_at: text,
  account_type: maybe(text),
  account_sub_type: maybe(text),
  kyc_results: maybe(
    z.object({
      reject: maybe(z.record(z.string(), z.object({}))),
      accept: maybe(z.record(z.string(), z.object({}))),
      indeterminate: maybe(z.record(z.string(), z.object({}))),
      additional_information: maybe(text),
      summary: maybe(text),
    }),
  ),
  contact: unlessNull(z.object({ email_address: text, street_address: z.array(text), city: text })),
  identity: unlessNull(Identity),
  disclosures: unlessNull(
    z.object({
      immediate_family_exposed: z.boolean(),
      is_control_person: maybe(z.boolean()),
      is_affiliated_exchange_or_finra: maybe(z.boolean()),
      is_politically_exposed: maybe(z.boolean()),
      employment_status: unlessNull(z.enum(['UNEMPLOYED', 'EMPLOYED', 'STUDENT', 'RETIRED'])),
    }),
  ),
  agreements: unlessNull(
    z.array(
      z.object({
        agreement: z.enum([
          'margin_agreement',
          'account_agreement',
          'customer_agreement',
          'crypto_agreement',
          'options_agreement',
          'custodial_customer_agreement',
        ]),
        signed_at: text,
        ip_address: text,
        revision: maybe(text),
      }),
    ),
  ),
  documents: unlessNull(z.array(OwnerDocument)),
  trusted_contact: unlessNull(TrustedContact),
})

const money = maybe(text)
const kept = key(text)

export const TradeAccount = z.object({
  id: uuid,
  account_number: text,
  status: AccountStatus,
  crypto_status: maybe(AccountStatus),
  currency: maybe(text),
  buying_power: money,
  regt_buying_power: money,
  daytrading_buying_power: money,
  non_marginable_buying_power: money,
  options_buying_power: money,
  cash: money,
  cash_withdrawable: kept,
  cash_transferable: kept,
  accrued_fees: money,
  pending_transfer_in: money,
  pending_transfer_out: money,
  portfolio_value: money,
  equity: money,
  last_equity: money,
  long_market_value: money,
  short_market_value: money,
  initial_margin: money,
  maintenance_margin: money,
  last_maintenance_margin: money,
  sma: money,
  multiplier: money,
  daytrade_count: maybe(z.number().int()),
  options_approved_level: maybe(z.number().int()),
  options_trading_level: maybe(z.number().int()),
  pattern_day_trader: maybe(z.boolean()),
  shorting_enabled: maybe(z.boolean()),
  trading_blocked: maybe(z.boolean()),
  transfers_blocked: maybe(z.boolean()),
  account_blocked: maybe(z.boolean()),
  trade_suspended_by_user: maybe(z.boolean()),
  created_at: maybe(moment),
  previous_close: key(moment),
  last_long_market_value: kept,
  last_short_market_value: kept,
  last_cash: kept,
  last_initial_margin: kept,
  last_regt_buying_power: kept,
  last_buying_power: kept,
  clearing_broker: key(z.enum(['APEX', 'ETC', 'IC', 'VELOX', 'VISION', 'SELF', 'ALPACA_APCA'])),
})

export const AccountConfiguration = z.object({
  dtbp_check: maybe(z.enum(['both', 'entry', 'exit'])),
  pdt_check: maybe(z.enum(['both', 'entry', 'exit'])),
  trade_confirm_email: z.enum(['all', 'none']),
  suspend_trade: z.boolean(),
  no_shorting: z.boolean(),
  fractional_trading: z.boolean(),
  max_margin_multiplier: text,
  max_options_trading_level: maybe(z.number().int()),
  ptp_no_exception_entry: z.boolean(),
})

export const activityTypes =
  'FILL ACATC ACATS CFEE CIL CSD CSW DIV DIVCGL DIVCGS DIVNRA DIVROC DIVTXEX DIVWH EXTRD FEE FXTRD INT INTPNL JNLC JNLS MA MEM NC OCT OPASN OPCSH OPEXC OPEXP OPTRD PTC REORG SPIN SPLIT SWP VOF WH'

const TradeActivity = z.object({
  id: text,
  account_id: uuid,
  activity_type: z.literal('FILL'),
  transaction_time: moment,
  type: z.enum(['fill', 'partial_fill']),
  price: decimal,
  qty: decimal,
  leaves_qty: decimal,
  cum_qty: decimal,
  side: z.enum(['buy', 'sell']),
  symbol: text,
  order_id: uuid,
  order_status: text,
})

const NonTradeActivity = z.object({
  id: text,
  account_id: uuid,
  activity_type: oneOf(activityTypes.replace('FILL ', '')),
  date: day,
  net_amount: decimal,
  description: text,
  status: maybe(z.enum(['executed', 'correct', 'canceled'])),
  symbol: maybe(text),
  qty: maybe(decimal),
  price: maybe(decimal),
  per_share_amount: maybe(decimal),
})

/** The type decides which of the two models is used. */
export const Activity = z.union([TradeActivity, NonTradeActivity])

export const TradeDocument = z.object({
  id: uuid,
  name: text,
  type: oneOf(
    'account_statement trade_confirmation trade_confirmation_json tax_statement account_application tax_1099_b_details tax_1099_b_form tax_1099_div_details tax_1099_div_form tax_1099_int_details tax_1099_int_form tax_w8',
  ),
  sub_type: maybe(z.enum(['', '1099-Comp', '1042-S', '480.6', 'courtesy_statement'])),
  date: day,
})
