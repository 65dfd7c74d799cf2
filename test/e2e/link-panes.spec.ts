import AxeBuilder from '@axe-core/playwright'
import { expect, type FrameLocator, type Page, test } from '@playwright/test'
import type { LinkTokenCreateRequest } from 'plaid'
import setUpCluster from '../../packages/pg-test/src/cluster.ts'
import { brokerageLink } from '../../servers/bank/test/linking.ts'
import { type ReactHost, reactHost } from './support/react-host.ts'

/** The ways through Link that are not the straight one: banks' own pages, second steps, errors, repairs. */
let endCluster: () => Promise<void>
let host: ReactHost

test.beforeAll(async () => {
  endCluster = await setUpCluster()
  host = await reactHost()
})

test.afterAll(async () => {
  await host?.[Symbol.asyncDispose]()
  await endCluster?.()
})

interface Heard {
  success: { publicToken: string; metadata: { accounts: { name: string }[] } }[]
  exits: { error: { error_code: string } | null }[]
  events: string[]
}
const heard = (page: Page) => page.evaluate('window.heard') as Promise<Heard>
const dialogOf = (page: Page) => page.frameLocator('iframe[title="Link your bank account"]')
const press = (on: FrameLocator | Page, name: string) => on.getByRole('button', { name, exact: true }).click()

async function open(page: Page, changes: Partial<LinkTokenCreateRequest> = {}): Promise<FrameLocator> {
  const { data } = await host.bank.client.linkTokenCreate({ ...brokerageLink, ...changes })
  await page.goto(host.address('5.0', data.link_token))
  await press(page, 'Connect a bank')
  return dialogOf(page)
}

async function toBank(page: Page, bank: string, changes?: Partial<LinkTokenCreateRequest>) {
  const link = await open(page, changes)
  await press(link, 'Continue')
  await press(link, bank)
  return link
}

async function expectAccessible(page: Page, pane: string) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const ours = violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ target }) => target.length > 1 || !page.url().includes('/5.0/'))
      .map(({ html }) => [id, html]),
  )
  expect(ours, pane).toEqual([])
}

async function succeeded(page: Page): Promise<Heard['success'][number]> {
  await expect.poll(async () => (await heard(page)).success.length).toBe(1)
  const [success] = (await heard(page)).success
  if (success === undefined) throw new Error('no success')
  return success
}

test('a bank with its own page opens a window, and Link goes on when it is done there', async ({ page }) => {
  const link = await toBank(page, 'Platypus OAuth Bank')
  await expectAccessible(page, 'OAuth')
  const popup = page.waitForEvent('popup')
  await press(link, 'Continue to Platypus OAuth Bank')
  const bank = await popup
  await bank.getByRole('button', { name: 'Sign in' }).waitFor()
  await expectAccessible(bank, 'the bank’s sign-in')
  await press(bank, 'Sign in')
  await bank.getByLabel(/Rainy Day Savings/).check()
  await expectAccessible(bank, 'the bank’s accounts')
  await press(bank, 'Share and return')
  await press(link, 'Finish')
  expect((await succeeded(page)).metadata.accounts).toMatchObject([{ name: 'Rainy Day Savings' }])
  const { events } = await heard(page)
  expect(events.slice(events.indexOf('SELECT_INSTITUTION'))).toEqual([
    'SELECT_INSTITUTION',
    'TRANSITION_VIEW',
    'OPEN_OAUTH',
    'TRANSITION_VIEW',
    'CLOSE_OAUTH',
    'TRANSITION_VIEW',
    'TRANSITION_VIEW',
    'HANDOFF',
  ])
})

test('with a redirect address the bank takes the page’s place, and comes back with its state, once', async ({
  page,
}) => {
  const { data } = await host.bank.client.linkTokenCreate(brokerageLink)
  const redirectUri = host.address('5.0', data.link_token)
  const { data: token } = await host.bank.client.linkTokenCreate({
    ...brokerageLink,
    redirect_uri: redirectUri,
  })
  await page.goto(host.address('5.0', token.link_token))
  await press(page, 'Connect a bank')
  const link = dialogOf(page)
  await press(link, 'Continue')
  await press(link, 'Platypus OAuth Bank')
  await press(link, 'Continue to Platypus OAuth Bank')
  await press(page, 'Sign in')
  await page.getByLabel(/Everyday Checking/).check()
  // The app that comes back is asked for with the token of the address: the first one, a stranger to this state.
  await press(page, 'Share and return')
  await page.waitForURL(/\?oauth_state_id=/)
  const search = new URL(page.url()).search
  await press(page, 'Connect a bank')
  await press(dialogOf(page), 'Return to the app')
  await expect.poll(async () => (await heard(page)).exits[0]?.error?.error_code).toBe('INCORRECT_LINK_TOKEN')

  await page.goto(host.address('5.0', token.link_token) + search)
  await press(page, 'Connect a bank')
  await press(link, 'Finish')
  expect((await succeeded(page)).metadata.accounts).toMatchObject([{ name: 'Everyday Checking' }])

  await page.goto(`${host.address('5.0', token.link_token)}${search}`)
  await press(page, 'Connect a bank')
  await link.getByText('OAUTH_STATE_ID_ALREADY_PROCESSED').waitFor()
})

for (const { password, answers } of [
  {
    password: 'mfa_device',
    answers: [
      ['check', 'Text to'],
      ['fill', '1234'],
    ],
  },
  {
    password: 'mfa_questions_2_1',
    answers: [
      ['fill', 'answer_0_0'],
      ['fill', 'answer_1_0'],
    ],
  },
  { password: 'mfa_selections', answers: [['check', 'Yes']] },
] as const) {
  test(`the second step of ${password} is asked for, mended when wrong, and leads to the accounts`, async ({
    page,
  }) => {
    const link = await toBank(page, 'Tartan Bank')
    await link.getByLabel('Username').fill('user_good')
    await link.getByLabel('Password').fill(password)
    await press(link, 'Sign in')
    for (const [kind, text] of answers) {
      if (kind === 'check') await link.getByLabel(text).check()
      else {
        await link.getByRole('textbox').fill('wrong')
        await press(link, 'Continue')
        await link.getByRole('alert').waitFor()
        await link.getByRole('textbox').fill(text)
      }
      await expectAccessible(page, password)
      await press(link, 'Continue')
    }
    await link.getByLabel(/Everyday Checking/).check()
    await press(link, 'Continue')
    await press(link, 'Finish')
    await succeeded(page)
  })
}
