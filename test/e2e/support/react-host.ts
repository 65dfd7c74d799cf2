import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { bankWith, type TestBank } from '../../../servers/bank/test/bank-with.ts'

/** The versions of react-plaid-link in use, each under the name that it is installed by. */
export const versions = {
  '2.2': 'react-plaid-link-2-2',
  '3.0': 'react-plaid-link-3-0',
  '3.6': 'react-plaid-link-3-6',
  '4.1': 'react-plaid-link-4-1',
  '5.0': 'react-plaid-link',
} as const
export type Version = keyof typeof versions

export interface ReactHost extends AsyncDisposable {
  bank: TestBank
  /** The address of the app that uses this version and this link token. */
  address(version: Version, token: string): string
}

const EXPECTED_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js'

/** A bank, and React apps on another origin under a policy that runs nothing without its nonce. */
export async function reactHost(): Promise<ReactHost> {
  const bundles = new Map<string, Promise<string>>()
  const bundleOf = (version: Version) => {
    const bundle = bundles.get(version) ?? bundleApp(versions[version])
    bundles.set(version, bundle)
    return bundle
  }
  const app = createServer(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://app')
    const [, version = '', token = ''] = url.pathname.split('/')
    if (!Object.hasOwn(versions, version)) return void res.writeHead(404).end()
    const nonce = randomBytes(16).toString('base64')
    res.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy(nonce, bank.url) })
    res.end(page(nonce, bank.url, token, await bundleOf(version as Version)))
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
  const bank = await bankWith({ linkOrigins: [origin] })
  return {
    bank,
    address: (version, token) => `${origin}/${version}/${token}`,
    async [Symbol.asyncDispose]() {
      app.close()
      app.closeAllConnections()
      await bank[Symbol.asyncDispose]()
    },
  }
}

const policy = (nonce: string, bank: string) =>
  `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; frame-src ${bank}`

/** The inert tag is what react-plaid-link looks for: it takes the script of that address for loaded. */
const page = (nonce: string, bank: string, token: string, bundle: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>An app</title>
<style nonce="${nonce}">.embedded { max-width: 400px; height: 420px }</style>
<script nonce="${nonce}" src="${bank}/link/v2/stable/link-initialize.js"></script>
<script type="text/x-link-local" src="${EXPECTED_SCRIPT}"></script>
<div id="root"></div>
<script nonce="${nonce}">window.linkToken = ${JSON.stringify(token)}</script>
<script nonce="${nonce}">${bundle.replaceAll('</script', '<\\/script')}</script></html>`

/** React in its development form: only there does StrictMode run each effect twice. */
async function bundleApp(packageName: string): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    resolve: { alias: [{ find: /^react-plaid-link$/, replacement: packageName }] },
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('react-app.tsx', import.meta.url)),
        output: { format: 'iife' },
      },
    },
  })) as Rolldown.RolldownOutput
  return output.output[0].code
}
