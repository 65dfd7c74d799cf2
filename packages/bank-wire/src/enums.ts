import { z } from 'zod'

export const CountryCode = z.enum(
  'US GB ES NL FR IE CA DE IT PL DK NO SE EE LT LV PT BE AT FI'.split(' ') as [string, ...string[]],
)
export const CountryCodes = z.array(CountryCode).min(1).max(20)

export const Language = z.enum(
  'da nl en et fr de hi it lv lt no pl pt ro es sv vi'.split(' ') as [string, ...string[]],
)

/** What the vendor sells; only the first group does something here (contracts/plaid/items.md). */
export const Product = z.enum([
  'auth',
  'balance',
  'identity',
  'transactions',
  'investments',
  'liabilities',
  'signal',
  'assets',
  'balance_plus',
  'beacon',
  'identity_match',
  'investments_auth',
  'payment_initiation',
  'identity_verification',
  'credit_details',
  'income',
  'income_verification',
  'standing_orders',
  'transfer',
  'employment',
  'recurring_transactions',
  'transactions_refresh',
  'statements',
  'processor_payments',
  'processor_identity',
  'profile',
  'cra_base_report',
  'cra_income_insights',
  'cra_partner_insights',
  'cra_network_insights',
  'cra_cashflow_insights',
  'cra_monitoring',
  'cra_lend_score',
  'cra_plaid_credit_score',
  'cra_qualify',
  'cra_home_lending',
  'layer',
  'pay_by_bank',
  'protect_linked_bank',
  'protect_transactions',
])
export type Product = z.infer<typeof Product>
export const Products = z.array(Product).max(50)

export const AccountType = z.enum(['depository', 'credit', 'loan', 'investment', 'other'])
export type AccountType = z.infer<typeof AccountType>

/** How far it is shown that an account belongs to who linked it, where the bank itself does not say so. */
export const VerificationStatus = z.enum([
  'pending_automatic_verification',
  'automatically_verified',
  'verification_expired',
  'pending_manual_verification',
  'manually_verified',
  'verification_failed',
])
export type VerificationStatus = z.infer<typeof VerificationStatus>

export const AuthMethod = z.enum([
  'INSTANT_AUTH',
  'INSTANT_MATCH',
  'AUTOMATED_MICRODEPOSITS',
  'SAME_DAY_MICRODEPOSITS',
  'INSTANT_MICRODEPOSITS',
])
export type AuthMethod = z.infer<typeof AuthMethod>

/** Partners that may be named when a processor token is made. */
export const Processor = z.enum(
  `achq adp_roll adyen airwallex alpaca alloy ansa apex_clearing array astra atomic atomicfi bakkt bizcap
   bloom_credit bond boom brale cardless cardlytics check checkbook checkout circle curinos cybrid
   drivewealth dwolla esusu fiant finix fortress_trust frame gainbridge galileo gemini gusto highnote i2c
   increase interchange interchecks kanmon kick kikoff_enterprise knot layer lithic loanpro marqeta
   modern_treasury moov natural nuvei oatfi ocrolus open_ledger parafin pay paynote pinwheel riskified rize
   sardine scribeup seamlessach sfox sila_money solid stake straddle svb_api taba_pay teal thread_bank
   treasury_prime unit utb valon vesta vopay webull wedbush wepay wyre zero_hash`.split(/\s+/) as [
    string,
    ...string[],
  ],
)
