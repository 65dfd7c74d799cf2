import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { BrokerContext } from '../context.ts'

/** How long a link opens its file, in world time: that clock only ever gains on real time, so never longer. */
const LINK_MINUTES = 15

type Signer = Pick<BrokerContext, 'config' | 'clock'>

/** `path` with an expiry and a signature: whoever has the link may read that one file until then. */
function signPath(ctx: Pick<Signer, 'config'>, path: string, expiresAt: Temporal.Instant): string {
  const expires = String(Math.floor(expiresAt.epochMilliseconds / 1000))
  return `${path}?expires=${expires}&signature=${signatureOf(ctx, path, expires)}`
}

/** Whether this address, with or without its host, is one that we signed and that has not expired. */
export function isSigned(ctx: Signer, url: string): boolean {
  const parts = /^(?:https?:\/\/[^/]*)?(\/[^?]*)\?expires=(\d{1,12})&signature=([\w-]{43})$/.exec(url)
  const [, path = '', expires = '', signature = ''] = parts ?? []
  const isOurs = isSame(signatureOf(ctx, path, expires), signature)
  return isOurs && Number(expires) * 1000 > ctx.clock.now().epochMilliseconds
}

/**
 * Answers 301 to a signed link for a file of ours (`/_files/<source>/<id>`), absolute and on the host that the caller asked.
 * No cache may keep the redirect: the link dies.
 */
export function redirectToFile(ctx: Signer, request: FastifyRequest, reply: FastifyReply, path: string) {
  const signed = signPath(ctx, path, ctx.clock.now().add({ minutes: LINK_MINUTES }))
  return reply
    .code(301)
    .headers({ location: `${originOf(request)}${signed}`, 'cache-control': 'no-store' })
    .send()
}

/** As the caller wrote it, so that it also works behind a proxy; only that caller is told. */
export function originOf({ headers, protocol, host }: FastifyRequest): string {
  if (!/^[\w.:[\]-]+$/.test(host)) return ''
  return `${headers['x-forwarded-proto'] === 'https' ? 'https' : protocol}://${host}`
}

function signatureOf({ config }: Pick<Signer, 'config'>, path: string, expires: string): string {
  const key = Buffer.from(hkdfSync('sha256', config.cipherKey, '', 'paddock signed links', 32))
  return createHmac('sha256', key).update(`GET ${path} ${expires}`, 'utf8').digest('base64url')
}

function isSame(expected: string, given: string): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given))
}
