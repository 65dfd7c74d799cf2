import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LinkApp, launchBrowser, linkApp } from './link-host.ts'
import { button, focused, nothingLeft, signIn, toBanks, toSignIn } from './link-steps.ts'
import { brokerageLink } from './linking.ts'

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

test('a person links a checking account: events in order, one success, nothing left on the page', async () => {
  await using host = await app.visit()
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
  await using host = await app.visit()
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
  await using host = await app.visit()
  await toSignIn(host)
  await signIn(host, 'user_good', 'error_ITEM_LOCKED')
  const site = host.link.getByRole('link', { name: 'Go to First Platypus Bank' })
  expect(await site.getAttribute('href')).toMatch(/^https:\/\/.*\.example/)
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
  await using host = await app.visit()
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

test('who finds no bank is shown all of them again, or leaves as one whose bank is not there', async () => {
  await using host = await app.visit()
  await toBanks(host)
  await host.link.getByLabel('Search').fill('zzzz')
  await button(host.link, 'Show all banks').click()
  await button(host.link, 'Tartan Bank').waitFor()
  await host.link.getByLabel('Search').fill('zzzz')
  await button(host.link, 'Show all banks').waitFor()
  await button(host.link, 'Close').click()
  await button(host.link, 'Leave').click()
  await host.page.waitForFunction('window.heard.exits.length > 0')
  const { exits, events } = await host.heard()
  expect(exits).toMatchObject([
    { error: null, metadata: { institution: null, status: 'institution_not_found' } },
  ])
  expect(events.at(-1)).toMatchObject({ name: 'EXIT', metadata: { exit_status: 'institution_not_found' } })
})

test('a check that a person signs in comes before the accounts; a bad one leads back to the list', async () => {
  await using host = await app.visit()
  await toSignIn(host)
  await signIn(host, 'user_good', '{"recaptcha":"bad"}')
  await host.link.getByLabel('I am a person').check()
  await button(host.link, 'Continue').click()
  await button(host.link, 'Choose another bank').click()
  await button(host.link, 'First Platypus Bank').click()
  await signIn(host, 'user_good', '{"recaptcha":"good"}')
  await host.link.getByLabel('I am a person').check()
  await button(host.link, 'Continue').click()
  await host.link.getByRole('radio').first().waitFor()
  const { events } = await host.heard()
  const views = events.map(({ metadata }) => metadata.view_name)
  expect(views.filter((view) => view === 'RECAPTCHA')).toHaveLength(2)
  expect(events.filter(({ name }) => name === 'ERROR')).toMatchObject([
    { metadata: { error_type: 'RECAPTCHA_ERROR', error_code: 'RECAPTCHA_BAD' } },
  ])
  expect(events.filter(({ name }) => name === 'SUBMIT_MFA')).toEqual([])
})

test('hosted Link opens on its own page and goes on to the app when it ends', async () => {
  await using host = await app.visit()
  const address = host.page.url()
  const { data } = await host.bank.client.linkTokenCreate({
    ...brokerageLink,
    hosted_link: { completion_redirect_uri: `${address}?done=yes` },
  })
  await host.page.goto(data.hosted_link_url ?? '')
  await button(host.link, 'Continue').click()
  await button(host.link, 'First Platypus Bank').click()
  await signIn(host)
  await host.link.getByLabel(/Everyday Checking/).check()
  await button(host.link, 'Continue').click()
  await button(host.link, 'Finish').click()
  await host.page.waitForURL(`${address}?done=yes`)
  const { data: told } = await host.bank.client.linkTokenGet({ link_token: data.link_token })
  const publicToken = told.link_sessions?.[0]?.results?.item_add_results?.[0]?.public_token
  expect(publicToken).toMatch(/^public-sandbox-/)
})

test('the list of banks works without a mouse', async () => {
  await using host = await app.visit()
  await toBanks(host)
  await button(host.link, 'Tartan Bank').waitFor()
  const press = (key: string) => host.page.keyboard.press(key)
  expect(await focused(host)).toBe('search')
  await press('ArrowDown')
  expect(await focused(host)).toContain('First Platypus Bank')
  await press('End')
  expect(await focused(host)).toContain('Corduroy Brokerage Cash')
  await press('Home')
  await host.page.keyboard.type('gi')
  expect(await focused(host)).toBe('search')
  expect(await host.link.getByLabel('Search').inputValue()).toBe('gi')
  await host.link.getByLabel('Search').fill('')
  await button(host.link, 'Tartan Bank').waitFor()
  await press('ArrowDown')
  await press('ArrowUp')
  expect(await focused(host)).toBe('search')
  await host.page.keyboard.type('tart')
  await host.link.getByText('1 bank', { exact: true }).waitFor({ state: 'attached' })
  await press('ArrowDown')
  await press('Enter')
  await host.link.getByText('Sign in at Tartan Bank').waitFor()
  expect(await focused(host)).toBe('username')
})
