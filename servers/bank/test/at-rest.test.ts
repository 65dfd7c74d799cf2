import pg from 'pg'
import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'
import { brokerageLink, processorTokenOf, publicTokenOf } from './linking.ts'

const tables = [
  'items',
  'accounts',
  'public_tokens',
  'access_tokens',
  'processor_tokens',
  'link_tokens',
  'link_sessions',
  'link_events',
]

test('the database holds no token, no account number and no name of an owner in plain text', async () => {
  await using bank = await bankWith()
  const { processorToken, accessToken } = await processorTokenOf(bank.client)
  const publicToken = await publicTokenOf(bank.client)
  const { data } = await bank.client.linkTokenCreate(brokerageLink)
  const started = await bank.post('/link/session/start', { link_token: data.link_token })
  const key = { link_token: data.link_token, link_session_id: started.body.link_session_id }
  await bank.post('/link/session/institution', { ...key, institution_id: 'ins_109508' })
  await bank.post('/link/session/credentials', { ...key, username: 'user_good', password: 'pass_good' })

  const client = new pg.Client({ connectionString: bank.database.ownerUrl })
  await client.connect()
  let dump = ''
  for (const table of tables) {
    const { rows } = await client.query(`select t::text as line from bank.${table} t`)
    expect(rows.length, table).toBeGreaterThanOrEqual(table === 'link_events' ? 0 : 1)
    dump += rows.map(({ line }) => line).join('\n')
  }
  await client.end()
  const secrets = [processorToken, accessToken, publicToken, data.link_token]
  for (const text of [...secrets, '111122223333', 'Nora Quill', 'nora.quill', 'Larch Lane', 'pass_good']) {
    expect(dump).not.toContain(text)
  }
  for (const token of secrets) expect(dump).not.toContain(token.slice(-36))
})
