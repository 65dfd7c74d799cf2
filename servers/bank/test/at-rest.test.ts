import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { achWorld, batch, debit } from './ach-world.ts'
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
  'bank_accounts',
  'bank_account_numbers',
  'bank_movements',
  'bank_entries',
  'ach_batches',
  'ach_entries',
  'ach_answers',
  'ach_deliveries',
  'ach_statement_lines',
]

test('the database holds no token, no account number and no name of an owner in plain text', async () => {
  await using bank = await achWorld()
  const { processorToken, accessToken } = await processorTokenOf(bank.client)
  const publicToken = await publicTokenOf(bank.client)
  const { data } = await bank.client.linkTokenCreate(brokerageLink)
  const started = await bank.post('/link/session/start', { link_token: data.link_token })
  const key = { link_token: data.link_token, link_session_id: started.body.link_session_id }
  await bank.post('/link/session/institution', { ...key, institution_id: 'ins_109508' })
  await bank.post('/link/session/credentials', { ...key, username: 'user_good', password: 'pass_good' })

  const file = await bank.send(batch([debit({ amountMinor: 4040_01n }), debit({ amountMinor: 5050_01n })]))
  await bank.until('2026-11-25T09:00')
  const onDisk = await Promise.all([
    readFile(path.join(bank.folder, 'taken', 'outbound', file), 'latin1'),
    ...(await bank.names('')).map((name) => readFile(path.join(bank.folder, 'inbound', name), 'latin1')),
  ])

  const client = new pg.Client({ connectionString: bank.database.ownerUrl })
  await client.connect()
  let dump = ''
  for (const table of tables) {
    const { rows } = await client.query(`select t::text as line from bank.${table} t`)
    expect(rows.length, table).toBeGreaterThanOrEqual(table === 'link_events' ? 0 : 1)
    dump += rows.map(({ line }) => line).join('\n')
  }
  dump += onDisk.join('\n')
  await client.end()
  const secrets = [processorToken, accessToken, publicToken, data.link_token]
  for (const text of [...secrets, '111122223333', 'Nora Quill', 'nora.quill', 'Larch Lane', 'pass_good']) {
    expect(dump).not.toContain(text)
  }
  for (const token of secrets) expect(dump).not.toContain(token.slice(-36))
})
