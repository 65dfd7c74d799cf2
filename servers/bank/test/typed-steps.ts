import { ProcessorTokenCreateRequestProcessorEnum as Processor } from 'plaid'
import { expect } from 'vitest'
import type { TestBank } from './bank-with.ts'
import { brokerageLink } from './linking.ts'

export type Body = Record<string, unknown>

export const typed = (routing_number: string, account_number: string) => ({
  routing_number,
  account_number,
  subtype: 'checking',
  holder_name: 'Nora Quill',
})

/** What people do at a bank by Link when they type numbers; `webhook` is where items tell things. */
export function typingAt(bank: TestBank, webhook?: string) {
  /** A session of Link, and its calls. */
  async function session(changes: Body = {}) {
    const { data } = await bank.client.linkTokenCreate({ ...brokerageLink, webhook, ...changes } as never)
    const link_token = data.link_token
    const { body: started } = await bank.post('/link/session/start', { link_token })
    const key = { link_token, link_session_id: started.link_session_id }
    const call = (name: string, body: Body = {}) => bank.post(`/link/session/${name}`, { ...key, ...body })
    const finish = async (account_keys: string[] = []) => {
      const { status, body } = await call('finish', { account_keys })
      expect(status, JSON.stringify(body)).toBe(200)
      const metadata = body.metadata as { accounts: Body[]; institution: Body; account_id: string }
      return { public_token: String(body.public_token), metadata }
    }
    return { started, call, finish, link_token }
  }

  const sameDay = (changes: Body = {}) =>
    session({ auth: { same_day_microdeposits_enabled: true }, ...changes })

  /** Links typed numbers and exchanges the public token. */
  async function linkByHand(routing: string, account: string) {
    const link = await sameDay()
    const { status, body } = await link.call('numbers', typed(routing, account))
    expect(status, JSON.stringify(body)).toBe(200)
    const { public_token, metadata } = await link.finish()
    const { data } = await bank.client.itemPublicTokenExchange({ public_token })
    return { access_token: data.access_token, account_id: metadata.account_id, metadata }
  }

  return {
    session,
    sameDay,
    linkByHand,
    /** Link again, with the item's token and no products. */
    backWith: (access_token: string) => session({ access_token, products: [] }),
    async statusOf(access_token: string) {
      return (await bank.client.accountsGet({ access_token })).data.accounts[0]?.verification_status
    },
    processorOf: ({ access_token, account_id }: { access_token: string; account_id: string }) =>
      bank.client.processorTokenCreate({ access_token, account_id, processor: Processor.Alpaca }),
  }
}
