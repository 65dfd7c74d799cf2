import type { Bank } from '@paddock/platform-wire'
import { AccountRefused } from '../applications/account-refused.ts'
import { findBrokerageAccount } from '../applications/brokerage-accounts-store.ts'
import type { LinkedAccount } from '../bank/bank-client.ts'
import { BankRefused } from '../bank/bank-refused.ts'
import { deleteRelationship } from '../broker/delete-relationship.ts'
import type { PlatformContext } from '../context.ts'
import { plainNumber, showUsd } from '../decimal.ts'
import type { User } from '../identity/user.ts'
import { findBank, type LinkedBank, listFundingLinks, listLinkedBanks } from './banks-store.ts'
import { forgetBank } from './connect-bank.ts'

/** The user's banks with their balances, and which account moves money. */
export async function listBanks(ctx: PlatformContext, user: User): Promise<Bank[]> {
  const banks = await listLinkedBanks(ctx, user.id)
  if (banks.length === 0) return []
  const fundings = await readFundings(ctx, user)
  return Promise.all(banks.map((bank) => presentBank(ctx, bank, fundings)))
}

export async function readBank(ctx: PlatformContext, user: User, bank: LinkedBank): Promise<Bank> {
  return presentBank(ctx, bank, await readFundings(ctx, user))
}

/** Disconnects at the broker, then at the bank. Refused while a transfer is under way. */
export async function removeBank(ctx: PlatformContext, user: User, bankId: string): Promise<void> {
  const bank = await findBank(ctx, user.id, { id: bankId })
  if (bank === undefined) throw new AccountRefused('not_found')
  const account = await findBrokerageAccount(ctx.db, user.id)
  const links = (await listFundingLinks(ctx.db, user.id)).filter((link) => link.bankId === bank.id)
  for (const { relationshipId } of links) {
    if (account !== undefined) await deleteRelationship(ctx, account.id, relationshipId)
  }
  await forgetBank(ctx, bank)
}

type Fundings = Map<string, Omit<NonNullable<Bank['funding']>, 'bank_name'>>

/** By bank: the connection that the broker still has. */
async function readFundings(ctx: PlatformContext, user: User): Promise<Fundings> {
  const account = await findBrokerageAccount(ctx.db, user.id)
  if (account === undefined) return new Map()
  const [links, relationships] = await Promise.all([
    listFundingLinks(ctx.db, user.id),
    ctx.broker.achRelationships.list(account.id, { statuses: ['QUEUED', 'APPROVED', 'PENDING'] }),
  ])
  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]))
  return new Map(
    links.flatMap((link) => {
      const relationship = byId.get(link.relationshipId)
      if (relationship === undefined) return []
      const funding = {
        relationship_id: relationship.id,
        account_id: link.bankAccountId,
        status: relationship.status,
        account_mask: link.accountMask ?? '',
        account_type: relationship.bank_account_type,
      }
      return [[link.bankId, funding]]
    }),
  )
}

async function presentBank(ctx: PlatformContext, bank: LinkedBank, fundings: Fundings): Promise<Bank> {
  const funding = fundings.get(bank.id)
  return {
    id: bank.id,
    institution_name: bank.institutionName,
    linked_at: bank.linkedAt.toString(),
    accounts: (await readAccounts(ctx, bank)).map(presentAccount),
    funding: funding === undefined ? null : { ...funding, bank_name: bank.institutionName },
  }
}

/** A bank that does not answer must not take the page with it: it shows without balances. */
async function readAccounts(ctx: PlatformContext, bank: LinkedBank): Promise<LinkedAccount[]> {
  try {
    return (await ctx.bank.readAccounts(bank.accessToken)).accounts
  } catch (error) {
    if (error instanceof BankRefused) return []
    throw error
  }
}

function presentAccount(account: LinkedAccount): Bank['accounts'][number] {
  return {
    account_id: account.accountId,
    name: account.name,
    mask: account.mask,
    subtype: account.subtype,
    available: showDollars(account.available),
    current: showDollars(account.current),
  }
}

const showDollars = (value: number | null) => (value === null ? null : showUsd(plainNumber(value)))
