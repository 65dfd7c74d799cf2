import type { BrokerWorld } from './broker-world.ts'

export const HOME_BANK = {
  name: 'Harbor Trust',
  bank_code: '121000358',
  bank_code_type: 'ABA',
  account_number: '778812340',
}

export const ABROAD_BANK = {
  name: 'Bank am Hafen',
  bank_code: 'DEUTDEFF500',
  bank_code_type: 'BIC',
  account_number: 'DE89370400440532013000',
  country: 'DEU',
  state_province: 'Hamburg',
  postal_code: '20457',
  city: 'Hamburg',
  street_address: 'Am Sandtorkai 1',
}

export const banksOf = (accountId: string) => `/v1/accounts/${accountId}/recipient_banks`

/** A funded account with an approved recipient bank. */
export async function wireAccount(world: BrokerWorld, amount: string) {
  const account = await world.seasonedAccount(amount)
  const bank = await world.must(world.call('POST', banksOf(account.id), HOME_BANK))
  await world.advance({ seconds: 3 })
  return { ...account, bankId: bank.id as string }
}

/** Asks for a wire out. */
export const wire = (
  world: BrokerWorld,
  { id, bankId }: { id: string; bankId: string },
  amount: unknown,
  change: object = {},
) =>
  world.call('POST', `/v1/accounts/${id}/transfers`, {
    transfer_type: 'wire',
    bank_id: bankId,
    direction: 'OUTGOING',
    timing: 'immediate',
    amount,
    ...change,
  })
