import { accountMethods } from './methods/accounts.ts'
import { fundingMethods } from './methods/funding.ts'
import { eventMethods, rebalancingMethods } from './methods/rebalancing-and-events.ts'
import { tradingMethods } from './methods/trading.ts'
import { PythonTransport } from './transport.ts'

/** The public methods of the official Python client, by their names. */
export const methods = {
  ...accountMethods,
  ...fundingMethods,
  ...tradingMethods,
  ...rebalancingMethods,
  ...eventMethods,
}

type Methods = typeof methods
export type MethodName = keyof Methods

type WithoutTransport<Method> = Method extends (http: PythonTransport, ...args: infer Args) => infer Result
  ? (...args: Args) => Result
  : never

export type PythonClient = { [Name in MethodName]: WithoutTransport<Methods[Name]> } & {
  /** Which methods have been called. */
  readonly called: ReadonlySet<string>
}

/** A stand-in for the official Python client: the same requests, the same strictness. */
export function createPythonClient(settings: { baseUrl: string; key: string; secret: string }): PythonClient {
  const http = new PythonTransport(settings)
  const called = new Set<string>()
  const bound = Object.entries(methods).map(([name, method]) => [
    name,
    (...args: unknown[]) => {
      called.add(name)
      return (method as (http: PythonTransport, ...args: unknown[]) => unknown)(http, ...args)
    },
  ])
  return { ...Object.fromEntries(bound), called } as PythonClient
}
