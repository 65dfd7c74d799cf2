import { HttpConnection } from './http-connection.ts'
import { type Acknowledged, AUTHORIZATION, type LoadCommand, type LoadReport, nowMs } from './messages.ts'

const MOST_FAILURES = 20

/** The seeded accounts have numbers, and these ids. */
export const accountIdOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Sends orders over many connections, and remembers every one that was acknowledged. */
export async function loadOrders(command: LoadCommand): Promise<LoadReport> {
  const { connections, warmUpMs, forMs, perSecond } = command
  const port = Number(new URL(command.url).port)
  const lines = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)))
  const latenciesMs: number[] = []
  const acknowledged: Acknowledged[] = []
  const failures: string[] = []
  const startsAtMs = nowMs()
  const measuredFromMs = startsAtMs + warmUpMs
  const endsAtMs = measuredFromMs + forMs
  let sent = 0

  async function order(line: HttpConnection, dueMs: number): Promise<void> {
    sent += 1
    const clientOrderId = `${command.name}-${sent}`
    const { status, body } = await line.send(requestOf(command, sent, clientOrderId))
    const atMs = nowMs()
    const orderId = /"id":"([0-9a-f-]{36})"/.exec(body)?.[1]
    if (status === 200 && orderId !== undefined) acknowledged.push({ orderId, clientOrderId, atMs })
    else if (failures.length < MOST_FAILURES) failures.push(`${status} ${body.slice(0, 200)}`)
    const isMeasured =
      perSecond === undefined ? atMs >= measuredFromMs && atMs < endsAtMs : dueMs >= measuredFromMs
    if (isMeasured) latenciesMs.push(atMs - dueMs)
  }

  /** Each connection asks again as soon as it is answered. */
  async function drive(line: HttpConnection): Promise<void> {
    while (nowMs() < endsAtMs) await order(line, nowMs())
  }

  /** Orders have their turns whether or not earlier ones are answered; a turn that finds no free connection waits. */
  async function keepTo(rate: number): Promise<void> {
    const free = [...lines]
    const overdue: number[] = []
    let turns = 0
    const next = () => {
      for (;;) {
        const line = overdue.length > 0 ? free.pop() : undefined
        const dueMs = line && overdue.shift()
        if (line === undefined || dueMs === undefined) return
        order(line, dueMs).then(
          () => {
            free.push(line)
            next()
          },
          (error: unknown) => failures.push(String(error)),
        )
      }
    }
    for (let now = nowMs(); now < endsAtMs; now = nowMs()) {
      for (; startsAtMs + (turns * 1_000) / rate <= now; turns += 1) {
        overdue.push(startsAtMs + (turns * 1_000) / rate)
      }
      next()
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    while (overdue.length > 0 || (free.length < lines.length && failures.length === 0)) {
      next()
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  if (perSecond === undefined) await Promise.all(lines.map(drive))
  else await keepTo(perSecond)
  for (const line of lines) line.close()
  return { kind: 'loaded', latenciesMs, elapsedMs: forMs, acknowledged, failures }
}

function requestOf({ orders, symbols, accounts, name }: LoadCommand, number: number, clientOrderId: string) {
  // Multiplied by primes: spread over the accounts, and the same at every run.
  const spread = number * 7_919 + name.length * 104_729
  const account = 1 + (spread % accounts)
  const symbol = symbols[(spread * 31) % symbols.length]
  const kind =
    orders === 'resting'
      ? '"type":"limit","time_in_force":"gtc","limit_price":"5.00"'
      : '"type":"market","time_in_force":"day"'
  const body = `{"symbol":"${symbol}","qty":"1","side":"buy",${kind},"client_order_id":"${clientOrderId}"}`
  return (
    `POST /v1/trading/accounts/${accountIdOf(account)}/orders HTTP/1.1\r\nHost: bench\r\n` +
    `Authorization: ${AUTHORIZATION}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  )
}
