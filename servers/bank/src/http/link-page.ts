import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyReply } from 'fastify'
import type { BankContext } from '../context.ts'
import type { HttpApp } from './http-app.ts'

/** The vendor's folder on its content network: pages that know that path find the same files here. */
const BASE = '/link/v2/stable'
const FOLDER = fileURLToPath(new URL('../link/', import.meta.url))
const SCRIPT = 'link-initialize.js'
const PAGE = 'link.html'
/** The page of a bank that signs people in by OAuth: a page of its own, which nobody may frame. */
const BANK_PAGE = 'oauth.html'
/** Link on a page of ours, for apps that only have an address to give (contracts/plaid/link.md §6). */
const HOSTED_PAGE = 'hosted.html'

/** The token stands behind the #, where no server and no log sees it. */
export const hostedLinkUrl = (origin: string, linkToken: string) =>
  `${origin}${BASE}/${HOSTED_PAGE}#${linkToken}`

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
}

/** Serves the Link script, which any page may load, and the pages, which only known origins may frame. */
export async function serveLinkPage(app: HttpApp, ctx: BankContext): Promise<void> {
  for (const { name, text } of await readLinkFiles()) {
    app.get(`${BASE}/${name}`, async (_req, reply) => {
      reply.header('cache-control', 'no-cache').type(types[path.extname(name)] ?? 'text/plain')
      if (name === PAGE) return sendPage(reply, text, [`'self'`, ...ctx.linkOrigins])
      if (name === BANK_PAGE || name === HOSTED_PAGE) return sendPage(reply, text, [])
      if (name === SCRIPT) {
        reply
          .header('access-control-allow-origin', '*')
          .header('cross-origin-resource-policy', 'cross-origin')
      }
      return reply.send(text)
    })
  }
}

/** Scripts and styles run only with this answer's nonce; frames only in the origins of the settings. */
function sendPage(reply: FastifyReply, text: string, linkOrigins: readonly string[]): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self'`,
    `frame-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors ${linkOrigins.length > 0 ? linkOrigins.join(' ') : `'none'`}`,
  ]
  reply.header('content-security-policy', policy.join('; '))
  // It knows no list of origins; frame-ancestors says the same better.
  reply.removeHeader('x-frame-options')
  return reply.send(text.replaceAll('{{nonce}}', nonce))
}

async function readLinkFiles(): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && path.extname(entry.name) in types)
  return Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name)
      const name = path.relative(FOLDER, file).split(path.sep).join('/')
      return { name, text: await readFile(file, 'utf8') }
    }),
  )
}
