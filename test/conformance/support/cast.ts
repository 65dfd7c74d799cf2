import type { AccountBody } from '@paddock/broker-wire'
import type { CheckedApi } from './checked-api.ts'
import { checkingAccount, newApplicant } from './people.ts'
import { type Target, untilThere } from './target.ts'

/** An account that may do everything. */
export async function activeAccount(target: Target, api: CheckedApi): Promise<string> {
  const { body } = await api.call('POST /v1/accounts', { body: newApplicant() })
  if (typeof body?.id !== 'string') throw new Error(`no account: ${JSON.stringify(body)}`)
  const path = { account_id: body.id as string }
  await untilThere(target, 'an active account', async () => {
    const { body: found } = await api.call('GET /v1/accounts/{account_id}', { path })
    return (found as AccountBody).status === 'ACTIVE' ? found : undefined
  })
  return path.account_id
}

/** An active account with a bank behind it. */
export async function linkedAccount(target: Target, api: CheckedApi) {
  const account_id = await activeAccount(target, api)
  const sent = { path: { account_id }, body: checkingAccount }
  const { body } = await api.call('POST /v1/accounts/{account_id}/ach_relationships', sent)
  await untilThere(target, 'an approved bank', async () => {
    const { body: rows } = await api.call('GET /v1/accounts/{account_id}/ach_relationships', {
      path: { account_id },
    })
    return rows[0]?.status === 'APPROVED' ? rows[0] : undefined
  })
  return { account_id, relationship_id: body.id as string }
}

/** A linked account with money in it. */
export async function fundedAccount(target: Target, api: CheckedApi, amount = '5000') {
  const { account_id, relationship_id } = await linkedAccount(target, api)
  const path = { account_id }
  const body = { transfer_type: 'ach', relationship_id, amount, direction: 'INCOMING', timing: 'immediate' }
  await api.call('POST /v1/accounts/{account_id}/transfers', { path, body })
  await untilThere(target, 'the deposit', async () => {
    const { body: rows } = await api.call('GET /v1/accounts/{account_id}/transfers', { path })
    if (rows[0]?.status === 'COMPLETE') return rows[0]
    await target.pass({ days: 1 })
    return undefined
  })
  return { account_id, relationship_id }
}

export const NOBODY = '0b0e4f4e-0000-4000-8000-000000000000'
export const FIRM = process.env.CONFORM_FIRM_ACCOUNT ?? 'f1f10000-0000-4000-8000-000000000001'
