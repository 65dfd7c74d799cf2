import { performance } from 'node:perf_hooks'
import type { DirectTransfer } from '../src/index.ts'
import type { Contestant } from './contestants.ts'

export type Speed = { readonly transfersPerSecond: number; readonly batchP50Ms: number }

/** Lets `batches.length` writers run for `durationMs` after a short warm-up and counts whole batches. */
export async function measure(
  contestant: Contestant,
  writers: readonly (() => DirectTransfer[])[],
  durationMs: number,
): Promise<Speed> {
  const warmUpMs = Math.min(400, durationMs / 4)
  await run(contestant, writers, warmUpMs)
  const { transfers, latenciesMs, elapsedMs } = await run(contestant, writers, durationMs)
  latenciesMs.sort((a, b) => a - b)
  return {
    transfersPerSecond: Math.round((transfers * 1000) / elapsedMs),
    batchP50Ms: Number((latenciesMs[latenciesMs.length >> 1] ?? 0).toFixed(2)),
  }
}

async function run(
  contestant: Contestant,
  writers: readonly (() => DirectTransfer[])[],
  durationMs: number,
): Promise<{ transfers: number; latenciesMs: number[]; elapsedMs: number }> {
  const startedAt = performance.now()
  const latenciesMs: number[] = []
  let transfers = 0
  const write = async (nextBatch: () => DirectTransfer[]) => {
    while (performance.now() - startedAt < durationMs) {
      const batch = nextBatch()
      const sentAt = performance.now()
      await contestant(batch)
      latenciesMs.push(performance.now() - sentAt)
      transfers += batch.length
    }
  }
  await Promise.all(writers.map(write))
  return { transfers, latenciesMs, elapsedMs: performance.now() - startedAt }
}
