import type { KeyArea } from '@paddock/broker-wire'

export type Access = 'read' | 'write'

/** What a key may do, by area; an area that is missing is closed. */
export type Scopes = Readonly<Partial<Record<KeyArea, Access>>>

/** The configured key's: everything. */
export type AllScopes = 'all'

/** Whether these scopes open the area; writing includes reading. */
export function isAllowed(scopes: Scopes | AllScopes, area: KeyArea, access: Access): boolean {
  if (scopes === 'all') return true
  const granted = scopes[area]
  return granted === 'write' || granted === access
}

/** Whether `wanted` is within `scopes`: nobody hands out more than he has. */
export function areWithin(wanted: Scopes, scopes: Scopes | AllScopes): boolean {
  return Object.entries(wanted).every(([area, access]) => isAllowed(scopes, area as KeyArea, access))
}

/** GET and HEAD look; everything else may change something. */
export function accessOf(method: string): Access {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write'
}
