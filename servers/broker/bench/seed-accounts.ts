import type { Db } from '@paddock/service'
import { sql } from 'kysely'
import { BY_HAND } from '../src/accounts/status-graph.ts'

const CASH_MINOR = 100_000_000

/** What an application says, about as long as a real one: the size of a row counts. */
const application = {
  contact: {
    phone_number: '555-666-7788',
    street_address: ['20 N San Mateo Dr'],
    city: 'San Mateo',
    state: 'CA',
    postal_code: '94401',
    country: 'USA',
  },
  identity: {
    given_name: 'Bench',
    family_name: 'Trader',
    date_of_birth: '1990-01-01',
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
}

/**
 * Active accounts with a million dollars each, in an empty database: their events, statement and ledger say so as well,
 * so that everything that is checked of a broker holds here too.
 */
export async function seedAccounts(owner: Db<Record<string, never>>, count: number): Promise<void> {
  const id = (number: string) => sql.raw(`('00000000-0000-4000-8000-' || lpad(${number}::text, 12, '0'))`)
  await owner.transaction().execute(async (tx) => {
    await sql`
      insert into accounts (id, email_key, status, crypto_status, account_type, currency, enabled_assets, application,
        search_text, created_at, updated_at)
      select ${id('n')}::uuid, 'bench.' || n || '@example.com', 'ACTIVE', 'INACTIVE', 'trading', 'USD', '["us_equity"]',
        ${JSON.stringify(application)}::jsonb, 'bench ' || n, now(), now()
      from generate_series(1, ${count}::int) as n`.execute(tx)
    await sql`
      with told as (
        insert into events (account_id, stream, entity_id, status_from, status_to, at, payload)
        select id, 'account', id, '', 'ACTIVE', now(), jsonb_build_object('account_number', account_number,
          'status_from', '', 'status_to', 'ACTIVE', 'reason', ${BY_HAND}::text)
        from accounts order by id returning id, account_id
      )
      insert into event_sequence (seq, ulid, event_id, stream, account_id)
      select place, '01' || lpad(place::text, 24, '0'), id, 'account', account_id
      from (select *, row_number() over (order by id) as place from told) as numbered`.execute(tx)
    await sql`
      insert into ledger_accounts (id, owner, kind, asset, floor, posted, version)
      select id || ':cash:USD', id::text, 'cash', 'USD', 0, ${CASH_MINOR}::numeric, 1 from accounts
      union all
      select 'firm:bank:USD', 'firm', 'bank', 'USD', null, -${CASH_MINOR}::numeric * ${count}::int, ${count}::int
    `.execute(tx)
    await sql`
      insert into ledger_transfers (id, type, from_account, to_account, asset, amount, cause_kind, cause_id, step, at)
      select 'bench:' || id, 'post', 'firm:bank:USD', id || ':cash:USD', 'USD', ${CASH_MINOR}::numeric, 'bench', id::text,
        'opening', now()
      from accounts`.execute(tx)
    await sql`
      insert into ledger_entries (account_id, version, transfer_id, amount, balance_after, at)
      select id || ':cash:USD', 1, 'bench:' || id, ${CASH_MINOR}::numeric, ${CASH_MINOR}::numeric, now() from accounts
      union all
      select 'firm:bank:USD', place, 'bench:' || id, -${CASH_MINOR}::numeric, -${CASH_MINOR}::numeric * place, now()
      from (select id, row_number() over (order by id) as place from accounts) as numbered`.execute(tx)
    await sql`
      insert into activities (account_id, id, activity_type, status, at, settles_on, net_amount_minor, description, details)
      select id, id, 'CSD', 'executed', now(), current_date, ${CASH_MINOR}::numeric, 'opening', '{}' from accounts
    `.execute(tx)
  })
  await sql`vacuum analyze`.execute(owner)
}
