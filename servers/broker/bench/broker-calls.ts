import { setTimeout as sleep } from 'node:timers/promises'
import { AUTHORIZATION } from './messages.ts'

const AT_ONCE = 8

async function call(url: string, method: string, body: unknown): Promise<{ id: string }> {
  const response = await fetch(url, {
    method,
    headers: { authorization: AUTHORIZATION, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as { id: string }
}

/** Accounts that will be active in a moment: who streams are about. */
export async function openAccounts(url: string, count: number): Promise<string[]> {
  const ids: string[] = []
  let next = 0
  const open = async () => {
    while (next < count) {
      next += 1
      ids.push((await call(`${url}/v1/accounts`, 'POST', applicationOf(next))).id)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, open))
  return ids
}

let changes = 0

/**
 * Changes accounts at a steady rate, one after the other: each change is a request, a commit and an event. Answers how
 * many requests failed; events are counted by the log.
 */
export async function emit(
  url: string,
  accountIds: readonly string[],
  perSecond: number,
  seconds: number,
): Promise<number> {
  const startedAt = performance.now()
  const sent: Promise<boolean>[] = []
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const dueMs = (index * 1_000) / perSecond - (performance.now() - startedAt)
    if (dueMs > 0) await sleep(dueMs)
    const id = accountIds[changes % accountIds.length]
    const status = Math.floor(changes / accountIds.length) % 2 === 0 ? 'DISABLED' : 'ACTIVE'
    changes += 1
    const change = call(`${url}/_sim/accounts/${id}/status`, 'POST', { status })
    sent.push(
      change.then(
        () => true,
        () => false,
      ),
    )
  }
  return (await Promise.all(sent)).filter((isDone) => !isDone).length
}

function applicationOf(person: number) {
  return {
    contact: {
      email_address: `bench.${person}@example.com`,
      phone_number: '555-666-7788',
      street_address: ['20 N San Mateo Dr'],
      city: 'San Mateo',
      state: 'CA',
      postal_code: '94401',
      country: 'USA',
    },
    identity: {
      given_name: 'Bench',
      family_name: `Reader${person}`,
      date_of_birth: '1990-01-01',
      tax_id: `666-55-${String(1_000 + person).slice(-4)}`,
      tax_id_type: 'USA_SSN',
      country_of_citizenship: 'USA',
      country_of_birth: 'USA',
      country_of_tax_residence: 'USA',
      funding_source: ['employment_income'],
    },
    disclosures: {
      is_control_person: false,
      is_affiliated_exchange_or_finra: false,
      is_politically_exposed: false,
      immediate_family_exposed: false,
    },
    agreements: ['account_agreement', 'customer_agreement', 'margin_agreement'].map((agreement) => ({
      agreement,
      signed_at: '2020-09-11T18:13:44Z',
      ip_address: '185.13.21.99',
    })),
    enabled_assets: ['us_equity'],
  }
}
