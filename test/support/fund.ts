import { applicationFor } from './application.ts'
import type { RunningStack } from './running-stack.ts'
import { SeedCustomer, simulate } from './seed-routes.ts'
import { untilInWorld } from './until.ts'

/** Signs up, opens an account and waits until it is active, all by the seed's routes. */
export async function activeCustomer(stack: RunningStack, email: string): Promise<SeedCustomer> {
  const customer = new SeedCustomer(stack.platform, email)
  await customer.signUp()
  await customer.expectOk('POST', '/accounts/signup', applicationFor(email))
  await untilInWorld(stack.broker, 'an active account', async () => {
    const account = await customer.expectOk('GET', `/accounts/${email}`)
    return account.is_active ? account : undefined
  })
  return customer
}

/** Links the sandbox bank and waits for the broker's approval; answers the relationship's id. */
export async function linkBank(stack: RunningStack, customer: SeedCustomer): Promise<string> {
  const { link_token } = await customer.expectOk('POST', '/plaid/create_link_token')
  if (!String(link_token).startsWith('link-sandbox-')) throw new Error(`odd link token ${link_token}`)
  const public_token = await sandboxPublicToken(stack.bank)
  const { processor_token } = await customer.expectOk('POST', '/plaid/exchange_public_token', {
    public_token,
  })
  const route = `/accounts/${customer.email}/ach_relationship`
  const { ach_relationship } = await customer.expectOk('POST', route, { processor_token })
  const { id } = ach_relationship as { id: string }
  await untilInWorld(stack.broker, 'an approved relationship', async () => {
    const { banks } = await customer.expectOk('GET', '/api/banks')
    const [bank] = banks as { funding: { status: string } | null }[]
    return bank?.funding?.status === 'APPROVED' ? bank : undefined
  })
  return id
}

/** Deposits and settles at once; answers the broker's transfer. */
export async function deposit(
  stack: RunningStack,
  customer: SeedCustomer,
  relationshipId: string,
  amount: string,
) {
  const { transfer_data } = await customer.expectOk('POST', `/accounts/${customer.email}/transfer`, {
    relationship_id: relationshipId,
    transfer_amount: amount,
  })
  const transfer = transfer_data as { id: string; status: string; amount: string }
  await simulate(stack.broker, `/_sim/transfers/${transfer.id}/settle`)
  return transfer
}

/** What the person's visit to Link ends with, from the vendor's own sandbox door. */
export async function sandboxPublicToken(bank: string): Promise<string> {
  const response = await fetch(`${bank}/sandbox/public_token/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: 'paddock-demo-client',
      secret: 'paddock-demo-secret',
      institution_id: 'ins_109508',
      initial_products: ['auth'],
    }),
  })
  const { public_token } = (await response.json()) as { public_token: string }
  return public_token
}
