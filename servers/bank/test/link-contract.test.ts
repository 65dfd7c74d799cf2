import AxeBuilder from '@axe-core/playwright'
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LinkApp, launchBrowser, linkApp } from './link-host.ts'
import { button, nothingLeft, signIn } from './link-steps.ts'

let browser: Browser
let app: LinkApp

beforeAll(async () => {
  browser = await launchBrowser()
  app = await linkApp(browser)
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await browser.close()
})

test('a token that is unknown or over ends at once with INVALID_LINK_TOKEN', async () => {
  await using host = await app.visit()
  const late = await host.newLinkToken()
  host.bank.clock.moveTo(host.bank.clock.now().add({ hours: 4 }))
  for (const [index, token] of ['link-sandbox-none', late, ''].entries()) {
    await host.open(token)
    await host.page.waitForFunction(`window.heard.exits.length > ${index}`)
  }
  const { exits, success } = await host.heard()
  expect(exits.map(({ error }) => error?.error_code)).toEqual(Array(3).fill('INVALID_LINK_TOKEN'))
  expect(new Set(exits.map(({ metadata }) => metadata.request_id)).size).toBe(3)
  expect(success).toEqual([])
  expect(await nothingLeft(host)).toBe(true)
})

test('the handler bears what react-plaid-link does to it', async () => {
  await using host = await app.visit()
  await host.page.evaluate(`window.token = ${JSON.stringify(await host.newLinkToken())}`)
  const result = await host.page.evaluate(async () => {
    const page = window as never as {
      Plaid: { create(config: object): Record<'open' | 'destroy', () => void> & { exit(o?: object): void } }
      config(): object
    }
    const { create } = page.Plaid
    const frames = () => document.querySelectorAll('iframe').length
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    const told: string[] = []
    const config = (extra = {}) => ({ ...page.config(), onExit: () => told.push('exit'), ...extra })

    // StrictMode: create, destroy, create in one tick.
    const first = create(config({ onLoad: () => told.push('load of a destroyed one') }))
    first.destroy()
    first.destroy()
    const second = create(config({ onLoad: () => told.push('load') }))
    second.exit()
    second.exit({ force: true })
    const beforeLoad = told.length

    // Open before it has loaded, and again while it is open; another one meanwhile.
    second.open()
    await wait(50)
    second.open()
    const third = create(config())
    await wait(50)
    third.open()
    const whileOpen = frames()

    second.exit({ force: true })
    const afterForce = { frames: frames(), told: [...told] }
    second.exit({ force: true })
    second.destroy()

    // Destroyed from inside its own onExit.
    const fourth = create(
      config({
        onExit: () => {
          told.push('exit 4')
          fourth.destroy()
        },
      }),
    )
    await wait(50)
    fourth.open()
    fourth.exit({ force: true })

    // Destroyed while open: gone, and silent.
    third.open()
    third.destroy()
    await wait(100)
    return { beforeLoad, whileOpen, afterForce, told, frames: frames() }
  })
  expect(result).toEqual({
    beforeLoad: 0,
    whileOpen: 1,
    afterForce: { frames: 0, told: ['load', 'exit'] },
    told: ['load', 'exit', 'exit 4'],
    frames: 0,
  })
  expect(await nothingLeft(host)).toBe(true)
})

test('the script bears old configurations, missing tokens, a second copy of itself and lists made anew', async () => {
  await using host = await app.visit()
  await host.page.evaluate(`window.token = ${JSON.stringify(await host.newLinkToken())}`)
  const result = await host.page.evaluate(async () => {
    type Handler = Record<'open' | 'destroy', () => void> & {
      exit(options: object): void
      submit(person: object): void
    }
    const page = window as never as {
      Plaid: { create(config: object): Handler; createEmbedded(config: object, place: Element): Handler }
      config(): object
    }
    const { create, createEmbedded } = page.Plaid
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    const told: unknown[] = []
    const onExit = (error: { error_code: string } | null) => told.push(error?.error_code ?? 'exit')
    const onEvent = (name: string) => told.push(name)

    for (const token of [undefined, null, '']) {
      const handler = create({ token, onExit, onSuccess: () => told.push('success') })
      handler.open()
      await wait(30)
      handler.exit({ force: true })
      handler.destroy()
    }

    const copy = document.createElement('script')
    copy.src = document.querySelector('script[src]')?.getAttribute('src') ?? ''
    const loaded = new Promise((resolve) => copy.addEventListener('load', resolve))
    document.head.append(copy)
    await loaded
    const isFirst = page.Plaid.create === create

    const old = create({
      ...page.config(),
      ...{ key: undefined, env: 'sandbox', clientName: 'App', product: ['auth'], countryCodes: ['US'] },
      ...{
        language: 'en',
        webhook: null,
        linkCustomizationName: 'default',
        accountSubtypes: {},
        apiVersion: 'v2',
      },
      ...{
        oauthNonce: null,
        oauthRedirectUri: null,
        oauthStateId: null,
        paymentToken: null,
        isWebview: false,
      },
      ...{ receivedRedirectUri: undefined, selectAccount: true, userLegalName: '', userEmailAddress: '' },
      onExit,
      onEvent,
    })
    old.submit({ phone_number: '+14155550011' })
    await wait(30)
    old.open()
    while (!told.includes('OPEN')) await wait(20)
    old.exit({ force: true })
    old.destroy()
    old.submit({ phone_number: '+14155550011' })

    const place = document.body.appendChild(document.createElement('div'))
    for (let round = 0; round < 3; round += 1) {
      const { destroy } = createEmbedded({ ...page.config(), onEvent: undefined, onLoad: undefined }, place)
      if (round === 1) await wait(50)
      destroy()
      destroy()
    }
    await wait(50)
    return { isFirst, told: told.filter((name) => name !== 'TRANSITION_VIEW'), left: place.childNodes.length }
  })
  expect(result).toEqual({
    isFirst: true,
    told: [...Array(3).fill('INVALID_LINK_TOKEN'), 'LAYER_NOT_AVAILABLE', 'OPEN', 'exit'],
    left: 0,
  })
  expect(await nothingLeft(host)).toBe(true)
})

test('update mode starts at the bank of the item and changes no account', async () => {
  await using host = await app.visit()
  const { client } = host.bank
  const { data: made } = await client.sandboxPublicTokenCreate({
    institution_id: 'ins_109511',
    initial_products: ['auth' as never],
  })
  const { data: item } = await client.itemPublicTokenExchange({ public_token: made.public_token })
  await client.sandboxItemResetLogin({ access_token: item.access_token })
  await host.open(await host.newLinkToken({ products: [], access_token: item.access_token }))
  await host.link.getByText('Sign in again at Tartan Bank').waitFor()
  await signIn(host)
  await button(host.link, 'Finish').click()
  await host.page.waitForFunction('window.heard.success.length > 0')
  const { data: repaired } = await client.accountsGet({ access_token: item.access_token })
  expect(repaired.accounts).toHaveLength(12)
})

test('update mode with a choice of accounts shows those that are shared, and saves another choice', async () => {
  await using host = await app.visit()
  const { client } = host.bank
  const { data: made } = await client.sandboxPublicTokenCreate({
    institution_id: 'ins_109509',
    initial_products: ['transactions' as never],
  })
  const { data: item } = await client.itemPublicTokenExchange({ public_token: made.public_token })
  const { access_token } = item
  const changes = { products: [], access_token, update: { account_selection_enabled: true } }
  await host.open(await host.newLinkToken(changes))
  await signIn(host)
  const boxes = host.link.getByRole('checkbox')
  await boxes.first().waitFor()
  expect(await host.link.getByRole('checkbox', { checked: true }).count()).toBe(12)
  await button(host.link, 'Close').click()
  await host.link.getByText('Your connection stays as it is').waitFor()
  await button(host.link, 'Keep going').click()
  for (let place = 2; place < 12; place += 1) await boxes.nth(place).uncheck()
  await button(host.link, 'Continue').click()
  await button(host.link, 'Finish').click()
  await host.page.waitForFunction('window.heard.success.length > 0')
  const { success } = await host.heard()
  expect(success[0]?.metadata.accounts).toHaveLength(2)
  expect((await client.accountsGet({ access_token })).data.accounts).toHaveLength(2)
})

test('only the origins of the settings may frame the page, and its scripts need a nonce', async () => {
  await using host = await app.visit()
  const page = await fetch(`${host.bank.url}/link/v2/stable/link.html`)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`frame-ancestors 'self' ${new URL(host.page.url()).origin}`)
  const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none'
  expect(await page.text()).toContain(`nonce="${nonce}"`)
  expect(policy).not.toContain('unsafe')
  const script = await fetch(`${host.bank.url}/link/v2/stable/link-initialize.js`)
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(script.headers.get('access-control-allow-origin')).toBe('*')

  // The same app on another origin: the browser does not show it the page.
  await host.page.goto(host.page.url().replace('127.0.0.1', 'localhost'))
  await host.open(await host.newLinkToken())
  await host.page.waitForTimeout(500)
  expect(await button(host.link, 'Continue').count()).toBe(0)
})

test.for(['light', 'dark'] as const)(
  'no pane has accessibility faults in the %s scheme, at 320 px',
  async (colorScheme) => {
    await using host = await app.visit({ colorScheme, viewport: { width: 320, height: 640 } })
    const check = async (pane: string) => {
      // The panes arrive within 150 ms; contrast is measured when they are there.
      await host.page.waitForTimeout(250)
      const { violations, passes } = await new AxeBuilder({ page: host.page }).include('iframe').analyze()
      expect(violations.map(({ id, nodes }) => [pane, id, nodes[0]?.html])).toEqual([])
      // Some rule looked inside the frame, not only at it.
      expect(passes.some(({ nodes }) => nodes.some(({ target }) => target.length > 1))).toBe(true)
      const wide = await host.link.locator('main').evaluate((main) => main.scrollWidth > main.clientWidth)
      expect(wide, `${pane} scrolls sideways`).toBe(false)
    }
    await host.open(await host.newLinkToken())
    await button(host.link, 'Continue').waitFor()
    await check('consent')
    await button(host.link, 'Continue').click()
    await button(host.link, 'Tartan Bank').waitFor()
    await check('banks')
    await button(host.link, 'Tartan Bank').click()
    await signIn(host, 'user_good', 'wrong')
    await host.link.getByRole('alert').waitFor()
    await check('credentials')
    await signIn(host)
    await host.link.getByText('other accounts').click()
    await host.link.getByLabel(/Everyday Checking/).check()
    await check('accounts')
    await button(host.link, 'Close').click()
    await check('exit')
    await button(host.link, 'Keep going').click()
    expect(await host.link.getByLabel(/Everyday Checking/).isChecked()).toBe(true)
    await button(host.link, 'Continue').click()
    await button(host.link, 'Finish').waitFor()
    await check('connected')
  },
)
