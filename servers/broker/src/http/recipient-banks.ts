import {
  AccountPath,
  BankBody,
  BankPath,
  CreateBankBody,
  ListBanks,
  ListBanksQuery,
  NewBankBody,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { addBank, type NewBank } from '../wires/add-bank.ts'
import { listBanks } from '../wires/bank-store.ts'
import {
  activeBankStatuses,
  type BankId,
  type BankStatus,
  type RecipientBank,
} from '../wires/recipient-bank.ts'
import { removeBank } from '../wires/remove-bank.ts'
import { readOrBadRequest } from './read-or-bad-request.ts'
import type { BrokerRoutes } from './routes.ts'

export const recipientBankRoutes: BrokerRoutes = async (app, { ctx }) => {
  const path = '/v1/accounts/:account_id/recipient_banks'

  app.post(
    path,
    {
      schema: {
        summary: 'Create a recipient bank',
        tags: ['Funding'],
        params: AccountPath,
        body: CreateBankBody,
        response: { 200: BankBody },
      },
    },
    async ({ params, body }) =>
      presentBank(await addBank(ctx, params.account_id as AccountId, readBank(body))),
  )

  app.get(
    path,
    {
      schema: {
        summary: 'List recipient banks',
        tags: ['Funding'],
        params: AccountPath,
        querystring: ListBanksQuery,
        response: { 200: z.array(BankBody) },
      },
    },
    async ({ params, query }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const { status = 'ACTIVE', bank_name: name } = readOrBadRequest(ListBanks, query)
      const banks = await listBanks(ctx, accountId, { statuses: statusesOf[status], name })
      return banks.map(presentBank)
    },
  )

  app.delete(
    `${path}/:bank_id`,
    { schema: { summary: 'Delete a recipient bank', tags: ['Funding'], params: BankPath } },
    async ({ params }, reply) => {
      await removeBank(ctx, params.account_id as AccountId, params.bank_id as BankId)
      return reply.code(204).send()
    },
  )
}

/** A bank that was rejected is in no list: the vendor's client cannot read it (contracts/alpaca/recipient-banks.md §3). */
const statusesOf: Readonly<Record<'ACTIVE' | 'INACTIVE', readonly BankStatus[]>> = {
  ACTIVE: activeBankStatuses,
  INACTIVE: ['CANCELED'],
}

function readBank(body: unknown): NewBank {
  const bank = readOrBadRequest(NewBankBody, body)
  return {
    name: bank.name,
    bankCode: bank.bank_code,
    bankCodeType: bank.bank_code_type,
    accountNumber: bank.account_number,
    address: {
      country: bank.country ?? '',
      stateProvince: bank.state_province ?? '',
      postalCode: bank.postal_code ?? '',
      city: bank.city ?? '',
      streetAddress: bank.street_address ?? '',
    },
  }
}

function presentBank({ address, ...bank }: RecipientBank): BankBody {
  return {
    id: bank.id,
    account_id: bank.accountId,
    created_at: bank.createdAt.toString(),
    updated_at: bank.updatedAt.toString(),
    name: bank.name,
    status: bank.status as BankBody['status'],
    country: address.country,
    state_province: address.stateProvince,
    postal_code: address.postalCode,
    city: address.city,
    street_address: address.streetAddress,
    account_number: bank.accountNumber,
    bank_code: bank.bankCode,
    bank_code_type: bank.bankCodeType,
  }
}
