import AxeBuilder from '@axe-core/playwright'
import type { Browser, FrameLocator } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LinkHost, launchBrowser, linkHost } from './link-host.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const button = (link: FrameLocator, name: string | RegExp) => link.getByRole('button', { name, exact: true })
const focused = (host: LinkHost) =>
  host.link.locator(':focus').evaluate((element) => element.textContent || element.id)

async function toBanks(host: LinkHost): Promise<void> {
  await host.open(await host.newLinkToken())
  await button(host.link, 'Continue').click()
}

async function toSignIn(host: LinkHost): Promise<void> {
  await toBanks(host)
  await button(host.link, 'First Platypus Bank').click()
}

async function signIn(host: LinkHost, username = 'user_good', password = 'pass_good'): Promise<void> {
  await host.link.getByLabel('Username').fill(username)
  await host.link.getByLabel('Password').fill(password)
  await button(host.link, 'Sign in').click()
}

const nothingLeft = (host: LinkHost) =>
  host.page.evaluate(
    `document.querySelectorAll('iframe').length === 0 && !document.querySelector('[inert]') &&
     document.documentElement.style.overflow === ''`,
  )

test('a person links a checking account: events in order, one success, nothing left on the page', async () => {
  await using host = await linkHost(browser)
  await toSignIn(host)
  expect(await host.page.evaluate(`document.querySelector('#connect').inert`)).toBe(true)
  await signIn(host)
  await host.link.getByLabel(/Everyday Checking/).check()
  expect(await host.link.getByRole('radio').count()).toBe(3)
  await button(host.link, 'Continue').click()
  await button(host.link, 'Finish').click()
  await host.page.waitForFunction('window.heard.success.length > 0')

  const { success, exits, events } = await host.heard()
  expect(exits).toEqual([])
  expect(success).toHaveLength(1)
  expect(success[0]?.metadata).toMatchObject({
    institution: { name: 'First Platypus Bank', institution_id: 'ins_109508' },
    accounts: [{ name: 'Everyday Checking', mask: '0000', type: 'depository', subtype: 'checking' }],
    transfer_status: null,
  })
  expect(events.map(({ name, metadata }) => [name, metadata.view_name].filter(Boolean).join(' '))).toEqual([
    'OPEN CONSENT',
    'TRANSITION_VIEW CONSENT',
    'TRANSITION_VIEW SELECT_INSTITUTION',
    'SELECT_INSTITUTION',
    'TRANSITION_VIEW CREDENTIAL',
    'SUBMIT_CREDENTIALS',
    'TRANSITION_VIEW LOADING',
    'TRANSITION_VIEW SELECT_ACCOUNT',
    'SELECT_ACCOUNT',
    'TRANSITION_VIEW LOADING',
    'TRANSITION_VIEW CONNECTED',
    'HANDOFF',
  ])
  expect(Object.keys(events[0]?.metadata ?? {}).sort()).toEqual(
    [
      ...[
        'account_number_mask',
        'error_code',
        'error_message',
        'error_type',
        'exit_status',
        'institution_id',
      ],
      ...[
        'institution_name',
        'institution_search_query',
        'is_update_mode',
        'link_session_id',
        'match_reason',
      ],
      ...['mfa_type', 'request_id', 'routing_number', 'selection', 'timestamp', 'view_name'],
    ].sort(),
  )
  expect(await nothingLeft(host)).toBe(true)
  expect(await host.page.evaluate('document.activeElement.id')).toBe('connect')

  const { data } = await host.bank.client.itemPublicTokenExchange({
    public_token: success[0]?.publicToken ?? '',
  })
  const { data: listed } = await host.bank.client.authGet({ access_token: data.access_token })
  expect(listed.numbers.ach).toHaveLength(1)

  const { data: told } = await host.bank.client.linkTokenGet({
    link_token: String(await host.page.evaluate('window.token')),
  })
  const session = told.link_sessions?.[0]
  expect(session?.events?.map(({ event_name }) => event_name)).toEqual(
    events.map(({ name }) => name).reverse(),
  )
})

test('wrong words at the bank are told where they were typed, and can be mended there', async () => {
  await using host = await linkHost(browser)
  await toSignIn(host)
  await signIn(host, 'user_good', 'wrong')
  await host.link.getByRole('alert').waitFor()
  expect(await host.link.getByRole('alert').textContent()).toContain('do not match')
  expect(await host.link.getByLabel('Username').inputValue()).toBe('user_good')
  expect(await host.link.getByLabel('Password').inputValue()).toBe('')
  expect(await focused(host)).toBe('password')
  expect(await host.link.getByLabel('Password').getAttribute('aria-describedby')).toBe('problem')
  const { events } = await host.heard()
  expect(events.filter(({ name }) => name === 'ERROR')).toMatchObject([
    { metadata: { error_type: 'ITEM_ERROR', error_code: 'INVALID_CREDENTIALS' } },
  ])
  await button(host.link, 'Fill in').click()
  await button(host.link, 'Sign in').click()
  await host.link.getByRole('radio').first().waitFor()
})

test('a locked login and a bank that is down lead back to the list', async () => {
  await using host = await linkHost(browser)
  await toSignIn(host)
  await signIn(host, 'user_good', 'error_ITEM_LOCKED')
  await button(host.link, 'Choose another bank').click()
  await button(host.link, /Unhealthy Platypus Bank - Down/).click()
  await host.link.getByText('not answering at the moment').waitFor()
  await button(host.link, 'Choose another bank').click()
  await host.link.getByLabel('Search').waitFor()
  const { events, exits } = await host.heard()
  const codes = events.filter(({ name }) => name === 'ERROR').map(({ metadata }) => metadata.error_code)
  expect(codes).toEqual(['ITEM_LOCKED', 'INSTITUTION_DOWN'])
  expect(exits).toEqual([])
})

test('Escape asks first; staying keeps what was typed, leaving tells the app where the person was', async () => {
  await using host = await linkHost(browser)
  await toSignIn(host)
  await host.link.getByLabel('Username').fill('ada')
  await host.page.keyboard.press('Escape')
  expect(await focused(host)).toBe('Keep going')
  await host.page.keyboard.press('Enter')
  expect(await host.link.getByLabel('Username').inputValue()).toBe('ada')
  expect(await focused(host)).toBe('username')
  await button(host.link, 'Close').click()
  await button(host.link, 'Leave').click()
  await host.page.waitForFunction('window.heard.exits.length > 0')
  const { exits, events } = await host.heard()
  expect(exits).toEqual([
    {
      error: null,
      metadata: {
        institution: { name: 'First Platypus Bank', institution_id: 'ins_109508' },
        status: 'requires_credentials',
        link_session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        request_id: expect.stringMatching(/^[0-9A-Za-z]{15}$/),
      },
    },
  ])
  expect(events.at(-1)).toMatchObject({ name: 'EXIT', metadata: { exit_status: 'requires_credentials' } })
  expect(await nothingLeft(host)).toBe(true)
})

test('the list of banks works without a mouse', async () => {
  await using host = await linkHost(browser)
  await toBanks(host)
  await button(host.link, 'Tartan Bank').waitFor()
  const press = (key: string) => host.page.keyboard.press(key)
  expect(await focused(host)).toBe('search')
  await press('ArrowDown')
  expect(await focused(host)).toContain('First Platypus Bank')
  await press('End')
  expect(await focused(host)).toContain('Corduroy Brokerage Cash')
  await press('Home')
  await press('ArrowUp')
  expect(await focused(host)).toBe('search')
  await host.page.keyboard.type('tart')
  await host.link.getByText('1 bank', { exact: true }).waitFor({ state: 'attached' })
  await press('ArrowDown')
  await press('Enter')
  await host.link.getByText('Sign in at Tartan Bank').waitFor()
  expect(await focused(host)).toBe('username')
})

test('a token that is unknown or over ends at once with INVALID_LINK_TOKEN', async () => {
  await using host = await linkHost(browser)
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
  await using host = await linkHost(browser)
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

test('update mode starts at the bank of the item and changes no account', async () => {
  await using host = await linkHost(browser)
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

test('only the origins of the settings may frame the page, and its scripts need a nonce', async () => {
  await using host = await linkHost(browser)
  const page = await fetch(`${host.bank.url}/link/v2/stable/link.html`)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`frame-ancestors ${new URL(host.page.url()).origin}`)
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
    await using host = await linkHost(browser, { colorScheme, viewport: { width: 320, height: 640 } })
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
