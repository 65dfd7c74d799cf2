import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { platformAlone } from './platform-alone.ts'

const asBrowser = { headers: { accept: 'text/html,application/xhtml+xml' } }

async function builtWebApp() {
  const folder = await mkdtemp(path.join(tmpdir(), 'paddock-web-'))
  const webDir = path.join(folder, 'dist')
  await mkdir(path.join(webDir, 'assets'), { recursive: true })
  await writeFile(path.join(webDir, 'index.html'), '<!doctype html><title>Paddock</title>')
  await writeFile(path.join(webDir, 'assets', 'app-1a2b.js'), 'console.log(1)')
  await writeFile(path.join(webDir, '.hidden'), 'hidden')
  await writeFile(path.join(folder, 'secret.txt'), 'secret')
  return { webDir, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** As a browser does it on a second visit; fetch would ask for a fresh copy. */
function revalidate(url: string, etag: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { ...asBrowser.headers, 'if-none-match': etag } }, (answer) => {
      answer.resume()
      resolve(answer)
    }).on('error', reject)
  })
}

test('the web app is served, each of its addresses by the same page, and nothing beside it', async () => {
  await using app = await builtWebApp()
  await using platform = await platformAlone({ webDir: app.webDir })
  for (const address of ['/', '/home', '/invest/BTC-USD?x=1', '/apply/3']) {
    const page = await platform.call('GET', address, asBrowser)
    expect(page, address).toMatchObject({ status: 200, body: expect.stringContaining('<title>Paddock') })
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    expect(page.headers.get('cache-control')).toBe('no-cache')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self' http://127.0.0.1:9;")
    expect(policy).toContain('frame-src http://127.0.0.1:9;')
    expect(policy).toContain("frame-ancestors 'none'")
  }
  const script = await platform.call('GET', '/assets/app-1a2b.js')
  expect(script).toMatchObject({ status: 200, body: 'console.log(1)' })
  expect(script.headers.get('cache-control')).toMatch(/immutable/)

  for (const address of [
    '/assets/gone.js',
    '/.hidden',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
  ]) {
    const answer = await platform.call('GET', address)
    expect(answer.status, address).toBeGreaterThanOrEqual(400)
    expect(JSON.stringify(answer.body)).not.toContain('secret')
  }
})

test('a page that has not changed keeps its policy when it is loaded again', async () => {
  await using app = await builtWebApp()
  await using platform = await platformAlone({ webDir: app.webDir })
  const first = await platform.call('GET', '/', asBrowser)
  const again = await revalidate(`${platform.url}/`, first.headers.get('etag') ?? '')
  expect(again.statusCode).toBe(304)
  expect(again.headers['content-security-policy']).toBeUndefined()
})

test('what programs ask for is never answered with a page', async () => {
  await using app = await builtWebApp()
  await using platform = await platformAlone({ webDir: app.webDir })
  for (const address of ['/api/nothing', '/platform/nothing', '/trading/nothing', '/plaid/nothing']) {
    const answer = await platform.call('GET', address, asBrowser)
    expect(answer, address).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
  }
  expect((await platform.call('POST', '/home', { ...asBrowser, body: {} })).status).toBe(404)
  expect((await platform.call('GET', '/home')).status).toBe(404)
  expect((await platform.call('GET', '/accounts/me@example.org', asBrowser)).status).toBe(401)
})

test('it says when what it needs does not answer', async () => {
  await using platform = await platformAlone()
  expect((await platform.call('GET', '/health')).body).toEqual({ status: 'ok' })
  expect(await platform.call('GET', '/ready')).toMatchObject({
    status: 503,
    body: { parts: { database: 'ok', broker: 'failed', bank: 'failed' } },
  })
})
