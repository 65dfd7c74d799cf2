import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Finding, repairAchFile } from '@paddock/nacha'
import { readAll, whyUnreadable } from './source.ts'

/** The repaired file goes out or into `-o FILE`; what was changed and what is still wrong goes to the side. */
export async function fixFile(words: readonly string[]): Promise<number> {
  const at = words.indexOf('-o')
  const target = at === -1 ? undefined : words[at + 1]
  const names = words.filter((_, index) => at === -1 || (index !== at && index !== at + 1))
  const [name] = names
  if (name === undefined || names.length > 1 || (at !== -1 && target === undefined)) {
    console.error('Give one file: npm run -s ach -- fix FILE [-o FILE]')
    return 2
  }
  let bytes: Uint8Array
  try {
    bytes = await readAll(name)
  } catch (error) {
    console.error(`${name}: ${whyUnreadable(error)}`)
    return 1
  }
  const repair = repairAchFile(bytes)
  if (repair.text === undefined) {
    console.error(`${name}: not written, for something of it would be lost or guessed:`)
    tell(repair.losses)
    return 1
  }
  if (repair.findings.length > 0) console.error(`${name}: put right, where it can be:`)
  tell(repair.findings)
  if (repair.remaining.length > 0) console.error(`${name}: still wrong:`)
  tell(repair.remaining)
  if (target === undefined) process.stdout.write(repair.text)
  else writeFileSync(path.resolve(process.env.INIT_CWD ?? '.', target), repair.text)
  return repair.remaining.length > 0 ? 1 : 0
}

function tell(findings: readonly Finding[]): void {
  for (const { line, field, message } of findings) console.error(`  line ${line}, ${field}: ${message}`)
}
