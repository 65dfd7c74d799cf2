import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { HttpServer } from '@paddock/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PlatformContext } from '../context.ts'
import { answerNotFound } from './errors.ts'

const FOR_PROGRAMS = /^\/(?:api|platform|accounts|plaid|trading|\.well-known|openapi\.json|reference)(?:\/|$)/

/** Serves the built web app. A page's address that is no file is the app's own business: it gets index.html. */
export async function serveWebApp(app: HttpServer, { config }: PlatformContext): Promise<void> {
  const { webDir } = config
  const hasPages = webDir !== undefined && existsSync(path.join(webDir, 'index.html'))
  if (hasPages) {
    await app.register(fastifyStatic, {
      root: path.resolve(webDir),
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders(reply, file) {
        // Built files carry a hash of their content in their name; the page that names them does not.
        const isHashed = file.includes(`${path.sep}assets${path.sep}`)
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) =>
    hasPages && wantsPage(request) ? sendIndex(reply) : answerNotFound(request, reply),
  )
}

function wantsPage(request: FastifyRequest): boolean {
  const [pathname = ''] = request.url.split('?')
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    !FOR_PROGRAMS.test(pathname) &&
    (request.headers.accept ?? '').includes('text/html')
  )
}

function sendIndex(reply: FastifyReply): FastifyReply {
  return reply.code(200).sendFile('index.html')
}
