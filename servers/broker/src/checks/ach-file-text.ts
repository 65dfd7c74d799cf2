/**
 * Reads an ACH file by columns alone, with no eyes of the program that wrote it: what its control records say
 * must be what its lines make. Columns are counted from 1 (contracts/nacha/origination.md).
 */
export type PlainEntry = {
  readonly line: number
  readonly transactionCode: string
  readonly amountMinor: bigint
  readonly individualId: string
  readonly traceNumber: string
}

export type PlainFile = {
  readonly problems: readonly string[]
  readonly batches: number
  readonly entries: readonly PlainEntry[]
  readonly debitsMinor: bigint
  readonly creditsMinor: bigint
}

const WIDTH = 94
const BLOCK = 10
const HASH_MODULUS = 10_000_000_000n

type Sums = { records: number; hash: bigint; debits: bigint; credits: bigint }

const nothing = (): Sums => ({ records: 0, hash: 0n, debits: 0n, credits: 0n })

export function readPlainly(text: string): PlainFile {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const problems: string[] = []
  const wrong = (line: number, what: string) => problems.push(`line ${line}: ${what}`)
  lines.forEach((line, index) => {
    if (line.length !== WIDTH) wrong(index + 1, `has ${line.length} characters`)
  })
  if (lines.length % BLOCK !== 0) problems.push(`${lines.length} lines are no whole blocks`)

  const entries: PlainEntry[] = []
  let file = nothing()
  let batch = nothing()
  let batches = 0
  let number = ''
  let lastTrace = ''
  lines.forEach((line, index) => {
    const at = index + 1
    const kind = line.slice(0, 1)
    const cut = (from: number, to: number) => line.slice(from - 1, to)
    const digits = (from: number, to: number) => numberAt(cut(from, to))
    if (kind === '5') {
      batches += 1
      batch = nothing()
      number = cut(88, 94)
      lastTrace = ''
    } else if (kind === '6') {
      const trace = cut(80, 94)
      if (trace <= lastTrace) wrong(at, `trace ${trace} does not rise`)
      lastTrace = trace
      if (!hasCheckDigit(cut(4, 12))) wrong(at, `${cut(4, 12)} is no routing number`)
      const amountMinor = digits(30, 39)
      const transactionCode = cut(2, 3)
      if (/[5-9]$/.test(transactionCode)) batch.debits += amountMinor
      else batch.credits += amountMinor
      batch.hash += digits(4, 11)
      batch.records += 1
      const individualId = cut(40, 54).trimEnd()
      entries.push({ line: at, transactionCode, amountMinor, individualId, traceNumber: trace })
    } else if (kind === '7') {
      batch.records += 1
    } else if (kind === '8') {
      if (cut(88, 94) !== number) wrong(at, `ends batch ${cut(88, 94)}, but batch ${number} is open`)
      compare(wrong, at, batch, {
        records: digits(5, 10),
        hash: digits(11, 20),
        debits: digits(21, 32),
        credits: digits(33, 44),
      })
      file = plus(file, batch)
    } else if (kind === '9' && !isFiller(line)) {
      compare(wrong, at, file, {
        records: digits(14, 21),
        hash: digits(22, 31),
        debits: digits(32, 43),
        credits: digits(44, 55),
      })
      if (digits(2, 7) !== BigInt(batches)) wrong(at, `counts ${digits(2, 7)} batches, there are ${batches}`)
      if (digits(8, 13) !== BigInt(Math.ceil(lines.length / BLOCK)))
        wrong(at, `counts ${digits(8, 13)} blocks of ${lines.length} lines`)
    }
  })
  const traces = new Set(entries.map(({ traceNumber }) => traceNumber))
  if (traces.size !== entries.length) problems.push('a trace number is there twice')
  return { problems, batches, entries, debitsMinor: file.debits, creditsMinor: file.credits }
}

function compare(
  wrong: (line: number, what: string) => void,
  at: number,
  counted: Sums,
  told: { records: bigint; hash: bigint; debits: bigint; credits: bigint },
): void {
  const found = [BigInt(counted.records), counted.hash % HASH_MODULUS, counted.debits, counted.credits]
  const names = ['entries and addenda', 'entry hash', 'debits', 'credits']
  Object.values(told).forEach((value, index) => {
    if (value !== found[index]) wrong(at, `says ${names[index]} ${value}, the lines make ${found[index]}`)
  })
}

const plus = (a: Sums, b: Sums): Sums => ({
  records: a.records + b.records,
  hash: a.hash + (b.hash % HASH_MODULUS),
  debits: a.debits + b.debits,
  credits: a.credits + b.credits,
})

const numberAt = (text: string): bigint => (/^\d+$/.test(text) ? BigInt(text) : -1n)

const isFiller = (line: string): boolean => /^9+$/.test(line)

/** Weighted by 3, 7 and 1 the nine digits come to a multiple of ten. */
function hasCheckDigit(routing: string): boolean {
  if (!/^\d{9}$/.test(routing)) return false
  const sum = [...routing].reduce(
    (total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0),
    0,
  )
  return sum % 10 === 0
}
