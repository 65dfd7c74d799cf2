import { expect } from 'vitest'
import { type BankTarget, json } from './bank-target.ts'

export interface LinkSuccess {
  readonly public_token: string
  readonly metadata: {
    readonly institution: { readonly name: string; readonly institution_id: string } | null
    readonly accounts: readonly {
      id: string
      name: string
      mask: string | null
      type: string
      subtype: string
    }[]
    readonly link_session_id: string
  }
}

/**
 * What Link's page does for a person who shares the accounts with these masks, all without them: answers what
 * the app's `onSuccess` gets. Only a bank of ours has such a page.
 */
export async function throughLink(
  { ours }: BankTarget,
  link_token: string,
  { masks, username = 'user_good', password = 'pass_good' }: LinkPerson = {},
): Promise<LinkSuccess> {
  const call = async (name: string, body: object) => {
    const answer = await ours.post(`/link/session/${name}`, { link_token, ...body }, json)
    expect([name, answer.status, answer.body.error_message]).toEqual([name, 200, undefined])
    // biome-ignore lint/suspicious/noExplicitAny: read field by field below
    return answer.body as any
  }
  const { link_session_id, institution } = await call('start', {})
  const key = { link_session_id }
  if (institution === null) await call('institution', { ...key, institution_id: 'ins_109508' })
  const offer = await call('credentials', { ...key, username, password })
  const choosable = offer.accounts.filter(({ reason }: { reason: string | null }) => reason === null)
  const chosen = choosable.filter(({ mask }: { mask: string }) => masks === undefined || masks.includes(mask))
  const keys = chosen.map(({ account_key }: { account_key: string }) => account_key)
  return call('finish', { ...key, account_keys: offer.selection === 'one' ? keys.slice(0, 1) : keys })
}

export interface LinkPerson {
  readonly masks?: readonly string[]
  readonly username?: string
  readonly password?: string
}
