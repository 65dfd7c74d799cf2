import { expect } from 'vitest'

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
 * What Link's page does for a person who signs in as `user_good` and shares whatever may be shared: answers what
 * the app's `onSuccess` gets. Only a bank of ours has such a page.
 */
export async function throughLink(bankUrl: string, link_token: string): Promise<LinkSuccess> {
  const call = async (name: string, body: object) => {
    const response = await fetch(`${bankUrl}/link/session/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link_token, ...body }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: read field by field below
    const answer = (await response.json()) as any
    expect([name, response.status, answer.error_message]).toEqual([name, 200, undefined])
    return answer
  }
  const { link_session_id, institution } = await call('start', {})
  const key = { link_session_id }
  if (institution === null) await call('institution', { ...key, institution_id: 'ins_109508' })
  const signIn = { username: 'user_good', password: 'pass_good' }
  const { accounts, selection } = await call('credentials', { ...key, ...signIn })
  const keys = (accounts as { account_key: string; reason: string | null }[])
    .filter(({ reason }) => reason === null)
    .map(({ account_key }) => account_key)
  const account_keys = selection === 'one' ? keys.slice(0, 1) : keys
  const success: LinkSuccess = await call('finish', { ...key, account_keys })
  await call('events', { ...key, events: [{ event_name: 'HANDOFF', event_metadata: {} }] })
  return success
}
