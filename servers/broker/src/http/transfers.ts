import {
  AccountPath,
  CreateTransferBody,
  ListTransfersQuery,
  TransferBody,
  TransferPath,
} from '@paddock/broker-wire'
import { withdrawableOn } from '@paddock/calendar'
import { trimmedUsd } from '@paddock/money'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { RelationshipId } from '../ach/relationship.ts'
import { cancelTransfer } from '../transfers/cancel-transfer.ts'
import { readTransferFixture } from '../transfers/fixture.ts'
import { requestTransfer, type TransferRequest } from '../transfers/request-transfer.ts'
import type { Counterpart, Transfer, TransferId } from '../transfers/transfer.ts'
import { listTransfers } from '../transfers/transfer-store.ts'
import type { BankId } from '../wires/recipient-bank.ts'
import { readAmount, readIdempotencyKey, refuseField } from './read-funding.ts'
import type { BrokerRoutes } from './routes.ts'

const DEFAULT_LIMIT = 100

export const transferRoutes: BrokerRoutes = async (app, { ctx }) => {
  const path = '/v1/accounts/:account_id/transfers'

  app.post(
    path,
    {
      schema: {
        summary: 'Request a transfer',
        tags: ['Funding'],
        params: AccountPath,
        body: CreateTransferBody,
        response: { 200: TransferBody },
      },
    },
    async ({ params, body, headers }) => {
      const request = readTransfer(params.account_id as AccountId, body, headers['idempotency-key'])
      return (await requestTransfer(ctx, request, presentTransfer)) as TransferBody
    },
  )

  app.get(
    path,
    {
      schema: {
        summary: 'List transfers',
        tags: ['Funding'],
        params: AccountPath,
        querystring: ListTransfersQuery,
        response: { 200: z.array(TransferBody) },
      },
    },
    async ({ params, query }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const { direction, limit = DEFAULT_LIMIT, offset = 0 } = query
      const transfers = await listTransfers(ctx.db, accountId, { direction, limit, offset })
      return transfers.map(presentTransfer)
    },
  )

  app.delete(
    `${path}/:transfer_id`,
    { schema: { summary: 'Cancel a transfer', tags: ['Funding'], params: TransferPath } },
    async ({ params }, reply) => {
      await cancelTransfer(ctx, params.account_id as AccountId, params.transfer_id as TransferId)
      return reply.code(204).send()
    },
  )
}

/** What a shape cannot say, in the vendor's words (contracts/alpaca/transfers.md §2). */
function readTransfer(
  accountId: AccountId,
  body: CreateTransferBody,
  idempotencyKey: string | string[] | undefined,
): TransferRequest {
  const information = body.additional_information || undefined
  return {
    accountId,
    counterpart: body.transfer_type === 'wire' ? readWire(body) : readAch(body, information),
    direction: body.direction,
    amountMinor: readAmount(body.amount),
    feePaymentMethod: body.fee_payment_method ?? 'invoice',
    additionalInformation: information,
    idempotencyKey: readIdempotencyKey(idempotencyKey),
  }
}

function readAch(body: CreateTransferBody, information: string | undefined): Counterpart {
  if (body.bank_id != null) throw refuseField('bank_id should be empty for ach transfer')
  if (body.relationship_id == null) throw refuseField('relationship_id is required')
  if (information !== undefined && readTransferFixture(information) === undefined) {
    throw refuseField('only wire transfer type can provide additional information for the transfer')
  }
  return { type: 'ach', relationshipId: body.relationship_id as RelationshipId }
}

/** Wires leave only, and only to recipient banks. */
function readWire(body: CreateTransferBody): Counterpart {
  if (body.direction === 'INCOMING') throw refuseField('cannot submit incoming wire transfer using this API')
  if (body.relationship_id != null) throw refuseField('relationship_id should be empty for wire transfer')
  if (body.bank_id == null) throw refuseField('bank_id required for wire transfer')
  return { type: 'wire', bankId: body.bank_id as BankId }
}

export function presentTransfer(transfer: Transfer) {
  const { counterpart, amountMinor, feeMinor } = transfer
  return {
    id: transfer.id,
    account_id: transfer.accountId,
    ...(counterpart.type === 'ach'
      ? { relationship_id: counterpart.relationshipId }
      : { bank_id: counterpart.bankId }),
    type: counterpart.type,
    // The vendor's client does not know EXPIRED; the reason tells it (contracts/alpaca/transfers.md §3).
    status: transfer.status === 'EXPIRED' ? ('CANCELED' as const) : transfer.status,
    reason: transfer.reason ?? null,
    ...(transfer.returnCode === undefined ? {} : { return_code: transfer.returnCode }),
    amount: trimmedUsd(amountMinor),
    requested_amount: trimmedUsd(amountMinor + feeMinor),
    fee: trimmedUsd(feeMinor),
    fee_payment_method: transfer.feePaymentMethod,
    direction: transfer.direction,
    additional_information: transfer.additionalInformation ?? null,
    instant_amount: trimmedUsd(transfer.instantMinor),
    ...holdOf(transfer),
    cutoff_at: transfer.cutoffAt?.toString() ?? null,
    settles_on: transfer.settlesOn?.toString() ?? null,
    currency: 'USD' as const,
    created_at: transfer.createdAt.toString(),
    updated_at: transfer.updatedAt.toString(),
    expires_at: transfer.expiresAt.toString(),
  }
}

/** The day from which a deposit may leave again; foreseen until it has settled. The vendor knows no null here. */
function holdOf({ direction, withdrawableOn: known, settlesOn, holdBankingDays }: Transfer): {
  hold_until?: string
} {
  if (direction === 'OUTGOING') return {}
  const foreseen = known ?? (settlesOn === undefined ? undefined : withdrawableOn(settlesOn, holdBankingDays))
  return foreseen === undefined ? {} : { hold_until: foreseen.toString() }
}
