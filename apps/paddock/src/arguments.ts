import { parseArgs } from 'node:util'
import { StartRefused } from './start-refused.ts'

export const serverNames = ['bank', 'broker', 'platform'] as const
export type ServerName = (typeof serverNames)[number]

export interface StartArguments {
  /** Wipe the data folder first. */
  fresh: boolean
  /** Seed the demo customers at the first start. */
  demo: boolean
  servers: readonly ServerName[]
}

/** Reads `npm start -- …`. */
export function readArguments(words: readonly string[]): StartArguments {
  try {
    const { values } = parseArgs({
      args: [...words],
      strict: true,
      options: {
        fresh: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        only: { type: 'string' },
      },
    })
    const only = serverNames.find((name) => name === values.only)
    if (values.only !== undefined && only === undefined)
      throw new Error(`there is no server "${values.only}"`)
    return {
      fresh: values.fresh,
      demo: !values['no-demo'],
      servers: only === undefined ? serverNames : [only],
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartRefused('usage', {
      message: `${reason}\nUsage: npm start -- [--fresh] [--no-demo] [--only bank|broker|platform]`,
    })
  }
}
