import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type FrameLocator,
  type Page,
} from '@playwright/test'
import sparticuz from '@sparticuz/chromium'
import type { LinkTokenCreateRequest } from 'plaid'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink } from './linking.ts'

/** What an app on a page of its own heard from Link. */
export interface Heard {
  events: { name: string; metadata: Record<string, unknown> }[]
  success: { publicToken: string; metadata: Record<string, never> }[]
  exits: { error: { error_code: string } | null; metadata: Record<string, unknown> }[]
}

export interface LinkHost extends AsyncDisposable {
  bank: TestBank
  page: Page
  /** The dialog's inside. */
  link: FrameLocator
  heard(): Promise<Heard>
  newLinkToken(changes?: Partial<LinkTokenCreateRequest>): Promise<string>
  /** Presses the app's button, which creates Link with `token` and opens it. */
  open(token: string): Promise<void>
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--disable-background-networking'],
  })
}

/** An app on a page of its own, and the bank whose Link script it loads: both on origins of their own. */
export interface LinkApp extends AsyncDisposable {
  bank: TestBank
  /** The app, in a browser window of its own. */
  visit(look?: BrowserContextOptions): Promise<LinkHost>
}

export async function linkApp(browser: Browser): Promise<LinkApp> {
  const app = createServer((_req, res) => res.setHeader('content-type', 'text/html').end(html))
  let html = ''
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
  const bank = await bankWith({ linkOrigins: [origin] })
  html = appPage(bank.url)
  return {
    bank,
    visit: async (look = {}) => visitApp(bank, origin, await browser.newContext(look)),
    async [Symbol.asyncDispose]() {
      await bank[Symbol.asyncDispose]()
      app.close()
      app.closeAllConnections()
    },
  }
}

async function visitApp(bank: TestBank, origin: string, context: BrowserContext): Promise<LinkHost> {
  const page = await context.newPage()
  await page.goto(origin)
  return {
    bank,
    page,
    link: page.frameLocator('iframe'),
    heard: () => page.evaluate('window.heard') as Promise<Heard>,
    async newLinkToken(changes) {
      const { data } = await bank.client.linkTokenCreate({ ...brokerageLink, ...changes })
      return data.link_token
    },
    async open(token) {
      await page.evaluate(`window.token = ${JSON.stringify(token)}`)
      await page.getByRole('button', { name: 'Connect a bank' }).click()
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

const appPage = (bankUrl: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>App</title><style>body{font:16px sans-serif;padding:40px;background:Canvas;color:CanvasText;color-scheme:light dark}</style>
<script src="${bankUrl}/link/v2/stable/link-initialize.js"></script>
<h1>An app</h1><button id="connect">Connect a bank</button><a href="#elsewhere">Elsewhere</a>
<script>
  window.heard = { events: [], success: [], exits: [] }
  window.config = () => ({
    token: window.token,
    onSuccess: (publicToken, metadata) => heard.success.push({ publicToken, metadata }),
    onExit: (error, metadata) => heard.exits.push({ error, metadata }),
    onEvent: (name, metadata) => heard.events.push({ name, metadata }),
  })
  document.querySelector('#connect').onclick = () => {
    const { create } = window.Plaid
    window.handler = create(window.config())
    window.handler.open()
  }
</script></html>`
