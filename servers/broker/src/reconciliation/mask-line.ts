/** Columns of an entry, counted from 1 (contracts/nacha/origination.md): its account number stands in 13 to 29. */
const ACCOUNT_FROM = 12
const ACCOUNT_TO = 29
const SHOWN = 4

/** An entry's line for people: of the account number only the last four characters, the columns where they were. */
export function maskedEntry(line: string): string {
  const field = line.slice(ACCOUNT_FROM, ACCOUNT_TO)
  const number = field.trimEnd()
  const hidden = Math.max(0, number.length - SHOWN)
  const masked = '*'.repeat(hidden) + number.slice(hidden)
  return line.slice(0, ACCOUNT_FROM) + masked.padEnd(field.length) + line.slice(ACCOUNT_TO)
}
