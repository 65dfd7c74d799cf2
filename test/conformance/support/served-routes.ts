import { subscribe, unsubscribe } from 'node:diagnostics_channel'

interface Registered {
  readonly method: string | readonly string[]
  readonly url: string
  readonly schema?: { readonly hide?: boolean; readonly body?: unknown }
}

interface Framework {
  addHook(name: 'onRoute', hook: (route: Registered) => void): void
}

export interface ServedRoute {
  readonly name: string
  readonly isHidden: boolean
  /** The schema of its request body, where it has one. */
  readonly body: unknown
}

/** Which routes a server registers while `start` runs: told by the framework itself, not by the server's own list. */
export async function watchRoutes<Server>(
  start: () => Promise<Server>,
): Promise<{ server: Server; routes: ServedRoute[] }> {
  const routes: ServedRoute[] = []
  const watch = (message: unknown): void => {
    const { fastify } = message as { fastify: Framework }
    fastify.addHook('onRoute', ({ method, url, schema }) => {
      for (const one of [method].flat())
        routes.push({ name: `${one} ${url}`, isHidden: schema?.hide ?? false, body: schema?.body })
    })
  }
  subscribe('fastify.initialization', watch)
  try {
    return { server: await start(), routes }
  } finally {
    unsubscribe('fastify.initialization', watch)
  }
}

/** `/a/:id/b/*` and `/a/{name}/b/{rest}` are the same address; `::` is a colon that is meant. */
export const normalized = (path: string): string =>
  path.replace(/\{[^}]*\}|(?<=\/):[A-Za-z_]+|\*/g, '{}').replace('::', ':')
