import { existsSync } from 'node:fs'
import { achDropOf } from './ach-settings.ts'
import { findRunningDatabase, openServerDatabase } from './database.ts'
import { explain } from './explain.ts'
import { findSecrets } from './secrets.ts'
import { dataDirOf, readSettings } from './settings.ts'
import { StartRefused } from './start-refused.ts'
import { verifyBooks } from './verify.ts'

/** `npm run verify`: checks the invariants of the running database, or of the one that DATABASE_URL names. */
try {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const read = readSettings(process.env)
  if (!read.ok) throw new StartRefused('settings', { message: read.problems.join('\n') })
  const secrets = await findSecrets(dataDirOf(read.settings))
  if (secrets === undefined) {
    throw new StartRefused('not_running', {
      message: `There is no data in ${dataDirOf(read.settings)} yet. Start Paddock once, or set PADDOCK_DATA_DIR.`,
    })
  }
  const running = await findRunningDatabase(read.settings, secrets)
  const database = running ?? (await openServerDatabase(read.settings, secrets))
  try {
    const results = await verifyBooks(database.ownerUrl, {
      isBrokerOurs: read.settings.PADDOCK_BROKER === 'embedded',
      achFileKeys: achDropOf(read.settings, secrets).fileKeys,
    })
    for (const { id, title, violations } of results) {
      console.log(`${violations.length === 0 ? 'ok  ' : 'FAIL'}  ${id.padEnd(5)}${title}`)
      for (const violation of violations.slice(0, 20)) console.log(`        ${violation}`)
      if (violations.length > 20) console.log(`        … and ${violations.length - 20} more`)
    }
    const failed = results.filter(({ violations }) => violations.length > 0).length
    console.log(`\n${results.length} invariants checked, ${failed} broken.`)
    process.exitCode = failed === 0 ? 0 : 1
  } finally {
    if (running === undefined) await database.stop()
  }
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}
