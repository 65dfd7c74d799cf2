import { BarRange } from '@paddock/platform-wire'

type Raw = Record<string, unknown>

const textOf = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

/** Where to go afterwards: a path of this app, never another site. */
function pathOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}

export interface NextSearch {
  next?: string
}

export function readNextSearch(raw: Raw): NextSearch {
  const next = pathOf(raw.next)
  return next === undefined ? {} : { next }
}

export interface LinkSearch extends NextSearch {
  oauth_state_id?: string
}

export function readLinkSearch(raw: Raw): LinkSearch {
  const stateId = textOf(raw.oauth_state_id)
  return { ...(stateId === undefined ? {} : { oauth_state_id: stateId }), ...readNextSearch(raw) }
}

export interface TransferSearch extends NextSearch {
  dir?: 'deposit' | 'withdraw'
  amount?: string
}

export function readTransferSearch(raw: Raw): TransferSearch {
  const amount = textOf(raw.amount)
  return {
    dir: raw.dir === 'withdraw' ? 'withdraw' : 'deposit',
    ...(amount === undefined ? {} : { amount }),
    ...readNextSearch(raw),
  }
}

export interface InvestSearch {
  q?: string
  kind?: 'us_equity' | 'crypto'
}

export function readInvestSearch(raw: Raw): InvestSearch {
  const text = textOf(raw.q)
  return {
    ...(text === undefined ? {} : { q: text }),
    ...(raw.kind === 'us_equity' || raw.kind === 'crypto' ? { kind: raw.kind } : {}),
  }
}

export interface AssetSearch {
  side?: 'buy' | 'sell'
  range?: BarRange
  view?: 'table'
}

export function readAssetSearch(raw: Raw): AssetSearch {
  const range = BarRange.safeParse(raw.range)
  return {
    ...(raw.side === 'sell' || raw.side === 'buy' ? { side: raw.side } : {}),
    ...(range.success ? { range: range.data } : {}),
    ...(raw.view === 'table' ? { view: 'table' as const } : {}),
  }
}

export interface OrdersSearch {
  tab?: 'open' | 'done'
}

export function readOrdersSearch(raw: Raw): OrdersSearch {
  return raw.tab === 'open' || raw.tab === 'done' ? { tab: raw.tab } : {}
}
