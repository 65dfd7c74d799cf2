/** Where the account number stands in an entry: positions 13 to 29 (contracts/nacha/records.md). */
const FROM = 12
const TO = 29

const SHOWN = 4

/** The lines of a file as a person may see them: of account numbers only the last four. */
export function maskedLines(body: Buffer): string[] {
  return body
    .toString('latin1')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => (line.startsWith('6') ? masked(line) : line))
}

function masked(line: string): string {
  const number = line.slice(FROM, TO).trimEnd()
  const hidden = '*'.repeat(Math.max(number.length - SHOWN, 0)) + number.slice(-SHOWN)
  const shown = number.length > SHOWN ? hidden : '*'.repeat(number.length)
  return line.slice(0, FROM) + shown.padEnd(TO - FROM) + line.slice(TO)
}
