import type { Command } from './messages.ts'
import { loadOrders } from './order-load.ts'
import { loadTpcb } from './tpcb-load.ts'
import { TradeFollower } from './trade-follower.ts'

/** A client of the broker, of a database, or of the broker's events, in a process of its own. */
const [what = 'orders', address = ''] = process.argv.slice(2)
const follower = what === 'follower' ? new TradeFollower(address) : undefined

async function obey(command: Command): Promise<object> {
  if (command.kind === 'load') return loadOrders(command)
  if (command.kind === 'tpcb') return loadTpcb(address, command)
  if (command.kind === 'open') await follower?.open()
  if (command.kind === 'deliveries' && follower !== undefined) {
    return { kind: 'deliveries', fills: follower.takeFills(), silentMs: follower.silentMs }
  }
  return { kind: 'done' }
}

process.on('message', (command: Command) => {
  obey(command).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ kind: 'failed', message: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
