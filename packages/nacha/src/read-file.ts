import type { AchBatch, AchFile, AchTotals, Finding } from './file.ts'
import { type AchItem, AchReader, type ReaderOptions } from './reader.ts'

export interface AchReading {
  /** No finding is an error. */
  valid: boolean
  file: AchFile
  findings: Finding[]
  totals: AchTotals
}

/** Reads a whole file; never throws at what is in it. */
export function readAchFile(input: string | Uint8Array, options: ReaderOptions): AchReading {
  const reader = new AchReader(options)
  const reading: AchReading = {
    valid: false,
    file: { header: undefined, batches: [], control: undefined, fillerCount: 0 },
    findings: [],
    totals: reader.totals,
  }
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  for (const item of reader.push(bytes)) take(reading, item)
  for (const item of reader.end()) take(reading, item)
  reading.valid = reader.isValid
  // What was read before nothing proved to be ACH is noise.
  if (reader.totals.batches === 0) reading.file.batches = []
  return reading
}

/** Item by item from a stream of bytes; answers the totals and whether the file is valid. */
export async function* readAchStream(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReaderOptions,
): AsyncGenerator<AchItem, { valid: boolean; totals: AchTotals }> {
  const reader = new AchReader(options)
  for await (const bytes of source) yield* reader.push(bytes)
  yield* reader.end()
  return { valid: reader.isValid, totals: reader.totals }
}

function take({ file, findings }: AchReading, item: AchItem): void {
  switch (item.kind) {
    case 'header':
      file.header = item.header
      return
    case 'batch':
      file.batches.push(emptyBatch(item.line, item.header))
      return
    case 'entry':
      file.batches.at(-1)?.entries.push(item.entry)
      return
    case 'batchControl': {
      const batch = file.batches.at(-1)
      if (batch === undefined) return
      batch.control = item.control
      batch.outOfBalance = item.outOfBalance
      return
    }
    case 'control':
      file.control = item.control
      return
    case 'filler':
      file.fillerCount += 1
      return
    case 'finding':
      findings.push(item.finding)
  }
}

const emptyBatch = (line: number, header: AchBatch['header']): AchBatch => ({
  line,
  header,
  entries: [],
  control: undefined,
  outOfBalance: true,
})
