import { reportMemory } from './memory.ts'
import type { Command, Report } from './messages.ts'
import { StreamClient } from './stream-client.ts'

/** Thousands of readers in a process of their own. */
const OPEN_AT_ONCE = 40

let clients: StreamClient[] = []
let delays = new Map<number, number>()

const onDelay = (milliseconds: number) => {
  const rounded = Math.max(0, Math.round(milliseconds))
  delays.set(rounded, (delays.get(rounded) ?? 0) + 1)
}

async function openAll(waiting: StreamClient[]): Promise<void> {
  const open = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await next.open()
  }
  await Promise.all(Array.from({ length: OPEN_AT_ONCE }, open))
}

async function obey(command: Command): Promise<object> {
  if (command.kind === 'open') {
    clients = command.paths.map((path) => new StreamClient(command.url, path, onDelay))
    await openAll([...clients])
  }
  if (command.kind === 'begin') {
    delays = new Map()
    for (const client of clients) client.begin()
  }
  if (command.kind === 'reconnect') {
    for (const client of clients) client.cut()
    await openAll([...clients])
  }
  if (command.kind === 'stop_reading') for (const client of clients) client.stopReading()
  if (command.kind === 'read_on') for (const client of clients) client.readOn()
  if (command.kind === 'report') {
    const report: Report = { kind: 'report', stories: clients.map(({ story }) => story), delays: [...delays] }
    return report
  }
  if (command.kind === 'close') {
    for (const client of clients) client.cut()
    clients = []
  }
  return { kind: 'done' }
}

reportMemory()
process.on('message', (command: Command) => {
  obey(command).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ kind: 'failed', message: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
