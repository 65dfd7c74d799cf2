import { reading } from './messages.ts'

const EVERY_MS = 1_000

/** Tells the parent how large this process is, each second. */
export function reportMemory(): void {
  setInterval(() => process.send?.(reading(process.memoryUsage())), EVERY_MS).unref()
}
