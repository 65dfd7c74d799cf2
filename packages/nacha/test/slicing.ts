/** A second reader, made of plain slices: it shares nothing with the package, so that it can witness. */
export interface Slices {
  batches: { count: number; hash: bigint; debit: bigint; credit: bigint; control: string }[]
  file: { batches: number; blocks: number; count: number; hash: bigint; debit: bigint; credit: bigint }
  control: string
  traces: string[]
  lines: string[]
}

export function sliceFile(text: string): Slices {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw new Error('the last line has no end')
  const batches: Slices['batches'] = []
  const traces: string[] = []
  let control = ''
  let filler = 0
  for (const line of lines) {
    if (line.length !== 94) throw new Error(`a line has ${line.length} characters`)
    const batch = batches.at(-1)
    if (line[0] === '5') batches.push({ count: 0, hash: 0n, debit: 0n, credit: 0n, control: '' })
    else if (line[0] === '6' && batch !== undefined) {
      batch.count += 1
      batch.hash += BigInt(line.slice(3, 11))
      if ('56789'.includes(line[2] ?? '')) batch.debit += BigInt(line.slice(29, 39))
      else batch.credit += BigInt(line.slice(29, 39))
      traces.push(line.slice(79, 94))
    } else if (line[0] === '7' && batch !== undefined) batch.count += 1
    else if (line[0] === '8' && batch !== undefined) batch.control = line
    else if (line === '9'.repeat(94)) filler += 1
    else if (line[0] === '9') control = line
  }
  if (lines.length % 10 !== 0) throw new Error('the last block is not full')
  const sum = (pick: (batch: Slices['batches'][number]) => bigint) =>
    batches.reduce((all, batch) => all + pick(batch), 0n)
  return {
    batches,
    file: {
      batches: batches.length,
      blocks: (lines.length - filler + (filler % 10)) / 10,
      count: batches.reduce((all, { count }) => all + count, 0),
      hash: sum(({ hash }) => hash % 10n ** 10n) % 10n ** 10n,
      debit: sum(({ debit }) => debit),
      credit: sum(({ credit }) => credit),
    },
    control,
    traces,
    lines,
  }
}

const digits = (value: bigint | number, width: number) => String(value).padStart(width, '0')

/** Puts right counts, hash and totals of lines that a test has edited, and the filler. */
export function recount(edited: readonly string[]): string[] {
  const lines = edited.filter((line) => line !== '9'.repeat(94))
  const full = Math.ceil(lines.length / 10) * 10
  const padded = [...lines, ...Array<string>(full - lines.length).fill('9'.repeat(94))]
  const { batches, file } = sliceFile(padded.map((line) => `${line}\n`).join(''))
  let at = -1
  return padded.map((line) => {
    if (line[0] === '5') at += 1
    const batch = batches[at]
    if (line[0] === '8' && batch !== undefined) {
      const counted = digits(batch.count, 6) + digits(batch.hash % 10n ** 10n, 10)
      return line.slice(0, 4) + counted + digits(batch.debit, 12) + digits(batch.credit, 12) + line.slice(44)
    }
    if (line[0] !== '9' || line === '9'.repeat(94)) return line
    const counts =
      digits(file.batches, 6) + digits(full / 10, 6) + digits(file.count, 8) + digits(file.hash, 10)
    return `9${counts}${digits(file.debit, 12)}${digits(file.credit, 12)}${line.slice(55)}`
  })
}
