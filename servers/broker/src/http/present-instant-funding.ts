import type {
  InstantFundingBody,
  InstantFundingLimitBody,
  InstantFundingReportBody,
  SettlementBody,
} from '@paddock/broker-wire'
import { nextBankingDay } from '@paddock/calendar'
import { trimmedUsd } from '@paddock/money'
import { type InstantFunding, unpaidStatuses } from '../instant-funding/instant-funding.ts'
import type { LimitUse } from '../instant-funding/limits.ts'
import type { BatchReport } from '../instant-funding/report.ts'
import type { Settlement } from '../instant-funding/settlement.ts'

export function presentInstantFunding(funding: InstantFunding): InstantFundingBody {
  const isUnpaid = unpaidStatuses.some((unpaid) => unpaid === funding.status)
  const interestMinor = funding.interests.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  return {
    id: funding.id,
    account_no: funding.accountNumber,
    source_account_no: funding.sourceAccountNumber,
    amount: trimmedUsd(funding.amountMinor),
    remaining_payable: isUnpaid ? trimmedUsd(funding.amountMinor) : '0',
    total_interest: trimmedUsd(interestMinor),
    fees: [],
    interests: funding.interests.map((interest) => ({
      id: interest.id,
      date: interest.day.toString(),
      amount: trimmedUsd(interest.amountMinor),
      status: interest.status,
      created_at: interest.createdAt.toString(),
      reconciled_at: interest.reconciledAt?.toString() ?? null,
    })),
    status: funding.status,
    system_date: funding.systemDate.toString(),
    deadline: funding.deadline.toString(),
    created_at: funding.createdAt.toString(),
  }
}

export const presentLimit = (use: LimitUse): InstantFundingLimitBody => ({
  amount_available: trimmedUsd(use.availableMinor),
  amount_in_use: trimmedUsd(use.inUseMinor),
  amount_limit: trimmedUsd(use.limitMinor),
})

export function presentReport(report: BatchReport, type: 'summary' | 'detail'): InstantFundingReportBody {
  return {
    report_type: type,
    system_date: report.systemDate.toString(),
    deadline: nextBankingDay(report.systemDate).toString(),
    count: report.fundings.length,
    total_amount: trimmedUsd(report.totalMinor),
    settled_amount: trimmedUsd(report.settledMinor),
    canceled_amount: trimmedUsd(report.canceledMinor),
    remaining_payable: trimmedUsd(report.outstandingMinor),
    total_interest: trimmedUsd(report.interestMinor),
    ...(type === 'detail' ? { transfers: report.fundings.map(presentInstantFunding) } : {}),
  }
}

export function presentSettlement(settlement: Settlement): SettlementBody {
  return {
    id: settlement.id,
    status: settlement.status,
    total_amount: trimmedUsd(settlement.totalMinor),
    interest_amount: trimmedUsd(settlement.interestMinor),
    source_account_number: settlement.sourceAccountNumber,
    reason: settlement.reason ?? null,
    created_at: settlement.createdAt.toString(),
    updated_at: settlement.updatedAt.toString(),
    completed_at: settlement.completedAt?.toString() ?? null,
  }
}
