import type { FastifyRequest } from 'fastify'

/** From where agreements are signed: IPv4 in its own form, also when it came through an IPv6 socket. */
export function signingAddress({ ip }: FastifyRequest): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '')
  return address === '::1' ? '127.0.0.1' : address
}
