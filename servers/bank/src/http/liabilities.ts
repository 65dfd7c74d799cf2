import {
  LiabilitiesGetRequest,
  LiabilitiesGetResponse,
  ProcessorLiabilitiesGetResponse,
  ProcessorRequest,
} from '@paddock/bank-wire'
import { newYorkDate } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import type { Account } from '../items/item.ts'
import { openAccounts } from '../items/open-item.ts'
import { openProcessorProduct } from '../items/processor.ts'
import { BankRefused } from '../refusals.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentAccount, presentMinor } from './present-account.ts'
import { describedCredit, describedStudent } from './present-described.ts'
import { presentItem } from './present-item.ts'

type Kind = 'credit' | 'mortgage' | 'student'

export function serveLiabilities(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/liabilities/get',
    { request: LiabilitiesGetRequest, response: LiabilitiesGetResponse },
    async ({ access_token, options }, { clientId }) => {
      const request = { clientId, accessToken: access_token, accountIds: options?.account_ids }
      const { item, accounts } = await openAccounts(ctx, { ...request, product: 'liabilities' })
      const owed = owedIn(accounts)
      return {
        accounts: owed.map(presentAccount),
        liabilities: presentLiabilities(owed, newYorkDate(ctx.clock.now())),
        item: presentItem(item),
      }
    },
  )

  operation(
    app,
    ctx,
    '/processor/liabilities/get',
    { request: ProcessorRequest, response: ProcessorLiabilitiesGetResponse },
    async ({ processor_token }, client) => {
      const account = await openProcessorProduct(ctx, client, processor_token, 'liabilities')
      const liabilities = presentLiabilities(owedIn([account]), newYorkDate(ctx.clock.now()))
      return { account: presentAccount(account), liabilities }
    },
  )
}

function owedIn(accounts: readonly Account[]): Account[] {
  const owed = accounts.filter((account) => kindOf(account) !== undefined)
  if (owed.length === 0) throw new BankRefused('no_liability_accounts')
  return owed
}

function presentLiabilities(accounts: readonly Account[], today: Temporal.PlainDate) {
  const of = (kind: Kind) => accounts.filter((account) => kindOf(account) === kind)
  const mortgage = of('mortgage').map((account) => presentMortgage(account, today))
  const student = of('student').map((account) => presentStudent(account, today))
  return {
    credit: of('credit').map((account) => presentCredit(account, today)),
    mortgage: mortgage.length === 0 ? null : mortgage,
    student: student.length === 0 ? null : student,
  }
}

function kindOf({ type, subtype }: Account): Kind | undefined {
  if (type === 'credit') return 'credit'
  if (type === 'loan' && (subtype === 'mortgage' || subtype === 'student')) return subtype
  return undefined
}

/** Paid on the twelfth, stated on the twentieth, due again on the twelfth. */
function datesOf(today: Temporal.PlainDate) {
  const lastDay = (day: number) => {
    const here = today.with({ day })
    return Temporal.PlainDate.compare(here, today) > 0 ? here.subtract({ months: 1 }) : here
  }
  return {
    last_payment_date: lastDay(12).toString(),
    last_statement_issue_date: lastDay(20).toString(),
    next_payment_due_date: lastDay(12).add({ months: 1 }).toString(),
  }
}

const owedMinor = ({ currentMinor }: Account) =>
  currentMinor === null || currentMinor < 0n ? 0n : currentMinor
const share = (minor: bigint, perMille: bigint) => presentMinor((minor * perMille) / 1000n)

function presentCredit(account: Account, today: Temporal.PlainDate) {
  const owed = owedMinor(account)
  return {
    account_id: account.id,
    aprs: [
      {
        apr_percentage: 21.99,
        apr_type: 'purchase_apr' as const,
        balance_subject_to_apr: share(owed, 700n),
        interest_charge_amount: share(owed, 12n),
      },
    ],
    is_overdue: false,
    ...datesOf(today),
    last_payment_amount: share(owed, 340n),
    last_statement_balance: share(owed, 980n),
    minimum_payment_amount: presentMinor(owed < 25_00n ? owed : 25_00n),
    ...describedCredit(account),
  }
}

const nowhere = { street: null, city: null, region: null, postal_code: null, country: null }

function presentMortgage(account: Account, today: Temporal.PlainDate) {
  const owed = owedMinor(account)
  const { last_statement_issue_date: _, ...dates } = datesOf(today)
  const begun = today.with({ day: 1, month: 8 }).subtract({ years: 12 })
  return {
    account_id: account.id,
    account_number: `31204${account.mask}`,
    current_late_fee: 0,
    escrow_balance: share(owed, 50n),
    has_pmi: false,
    has_prepayment_penalty: false,
    interest_rate: { percentage: 3.99, type: 'fixed' as const },
    ...dates,
    last_payment_amount: share(owed, 25n),
    loan_type_description: 'conventional',
    loan_term: '30 year',
    maturity_date: begun.add({ years: 30 }).toString(),
    next_monthly_payment: share(owed, 25n),
    origination_date: begun.toString(),
    origination_principal_amount: share(owed, 1500n),
    past_due_amount: 0,
    property_address: account.owners[0]?.addresses[0]?.data ?? nowhere,
    ytd_interest_paid: share(owed, 30n),
    ytd_principal_paid: share(owed, 200n),
  }
}

function presentStudent(account: Account, today: Temporal.PlainDate) {
  const owed = owedMinor(account)
  const begun = today.with({ day: 1, month: 9 }).subtract({ years: 6 })
  return {
    account_id: account.id,
    account_number: `44127${account.mask}`,
    disbursement_dates: [begun.toString()],
    expected_payoff_date: begun.add({ years: 20 }).toString(),
    guarantor: 'DEPT OF EDUCATION',
    interest_rate_percentage: 5.25,
    is_overdue: false,
    ...datesOf(today),
    last_payment_amount: share(owed, 8n),
    last_statement_balance: presentMinor(owed),
    loan_name: 'Consolidation',
    loan_status: { type: 'repayment' as const, end_date: begun.add({ years: 20 }).toString() },
    minimum_payment_amount: share(owed, 8n),
    origination_date: begun.toString(),
    origination_principal_amount: share(owed, 1200n),
    outstanding_interest_amount: share(owed, 4n),
    payment_reference_number: `88${account.mask}`,
    pslf_status: { estimated_eligibility_date: null, payments_made: null, payments_remaining: null },
    repayment_plan: { type: 'standard' as const, description: 'Standard Repayment' },
    sequence_number: '1',
    servicer_address: nowhere,
    ytd_interest_paid: share(owed, 20n),
    ytd_principal_paid: share(owed, 60n),
    ...describedStudent(account),
  }
}
