import { checkFiles } from './ach/check.ts'
import { fixFile } from './ach/fix.ts'
import { showFiles } from './ach/show.ts'

const HELP = `npm run -s ach -- check FILE…           one JSON line a file; exit 1 when one is not valid
npm run -s ach -- show FILE…            for people: a sentence an entry, account numbers masked
npm run -s ach -- fix FILE [-o FILE]    the file again, as the tolerant reader understood it

FILE is a path or - for what comes in. Amounts of check are whole cents.`

// A reader that went away, as \`head\` does, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? 0)
})

const [command, ...words] = process.argv.slice(2)
process.exitCode = await run()

async function run(): Promise<number> {
  if (command === 'help' || command === '--help' || command === '-h') {
    console.log(HELP)
    return 0
  }
  if (words.length > 0) {
    if (command === 'check') return checkFiles(words)
    if (command === 'show') return showFiles(words)
    if (command === 'fix') return fixFile(words)
  }
  console.error(HELP)
  return 2
}
