import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { AchReader, AchWriter } from '@paddock/nacha'

/**
 * Writes and then reads a file of half a million entries, each in a process of its own so that its peak memory is
 * its own: `node packages/nacha/bench/nacha.bench.ts [--quick]`.
 */
const [part, file, size] = process.argv.slice(2)
const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024
const BATCH_SIZE = 50_000

if (part === 'write' && file !== undefined) await writeMany(file, Number(size))
else if (part === 'read' && file !== undefined) await readMany(file)
else runBoth(process.argv.includes('--quick') ? 50_000 : 500_000)

function runBoth(entries: number): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'nacha-bench-'))
  const target = path.join(folder, 'many.ach')
  try {
    for (const one of ['write', 'read']) {
      const script = fileURLToPath(import.meta.url)
      const { status } = spawnSync(process.execPath, [script, one, target, String(entries)], {
        stdio: 'inherit',
      })
      if (status === 0) continue
      process.exitCode = 1
      break
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function writeMany(target: string, entries: number): Promise<void> {
  const stream = createWriteStream(target)
  const startedAtMs = performance.now()
  const writer = new AchWriter({
    immediateDestination: ' 076543216',
    immediateOrigin: '1987654321',
    creationDate: '261123',
    creationTime: '1405',
    fileIdModifier: 'A',
    destinationName: 'SAMPLE ODFI BANK',
    originName: 'PADDOCK SECURITIES',
  })
  let text = writer.start()
  const flush = async () => {
    if (!stream.write(text)) await once(stream, 'drain')
    text = ''
  }
  for (let at = 0; at < entries; at += 1) {
    if (at % BATCH_SIZE === 0) text += startBatch(writer, at)
    text += writer.addEntry(entryOf(at))
    if (text.length > 65_536) await flush()
  }
  text += writer.endBatch() + writer.end()
  await flush()
  stream.end()
  await once(stream, 'finish')
  report('write', entries, startedAtMs, statSync(target).size)
}

function startBatch(writer: AchWriter, at: number): string {
  const end = at === 0 ? '' : writer.endBatch()
  const head = {
    secCode: 'PPD',
    companyName: 'PADDOCK',
    companyId: '1987654321',
    entryDescription: 'WITHDRAWAL',
    effectiveDate: '261124',
    odfi: '07654321',
    serviceClass: '220',
  } as const
  return end + writer.startBatch(head)
}

function entryOf(at: number) {
  return {
    transactionCode: at % 3 === 0 ? '32' : '22',
    routingNumber: at % 2 === 0 ? '024680134' : '060070083',
    accountNumber: String(4_400_000_000 + at),
    amountMinor: BigInt(100 + (at % 99_991)),
    individualId: `WDL${String(at).padStart(12, '0')}`,
    individualName: `Réceiver Number ${at % 1_000}`,
    traceNumber: `07654321${String(at + 1).padStart(7, '0')}`,
  }
}

async function readMany(source: string): Promise<void> {
  const startedAtMs = performance.now()
  const reader = new AchReader({ mode: 'strict' })
  for await (const bytes of createReadStream(source, { highWaterMark: 1 << 16 })) reader.push(bytes)
  reader.end()
  report('read', reader.totals.entries, startedAtMs, statSync(source).size)
  if (!reader.isValid) {
    console.error('the file is not valid')
    process.exitCode = 1
  }
}

function report(what: string, entries: number, startedAtMs: number, bytes: number): void {
  const seconds = (performance.now() - startedAtMs) / 1000
  const peakBytes = process.resourceUsage().maxRSS * 1024
  const speed = Math.round(entries / seconds).toLocaleString('en-US')
  const megabytes = (size: number) => `${Math.round(size / 1024 / 1024)} MB`
  console.log(
    `${what}: ${entries.toLocaleString('en-US')} entries (${megabytes(bytes)}) in ${seconds.toFixed(2)} s, ` +
      `${speed} entries/s, peak memory ${megabytes(peakBytes)} of ${megabytes(MEMORY_LIMIT_BYTES)} allowed`,
  )
  if (peakBytes > MEMORY_LIMIT_BYTES) process.exitCode = 1
}
