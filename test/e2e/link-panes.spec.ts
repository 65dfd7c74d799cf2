import AxeBuilder from '@axe-core/playwright'
import { expect, type FrameLocator, type Page } from '@playwright/test'
import type { LinkTokenCreateRequest } from 'plaid'
import { brokerageLink } from '../../servers/bank/test/linking.ts'
import { dialogOf, type Heard, heard, press, test } from './support/link-test.ts'
import type { ReactHost } from './support/react-host.ts'

/** The ways through Link that are not the straight one: banks' own pages, second steps, errors, repairs. */
// Recording each step takes longer than the steps.
test.use({ trace: 'off' })

async function open(
  host: ReactHost,
  page: Page,
  changes: Partial<LinkTokenCreateRequest> = {},
): Promise<FrameLocator> {
  const { data } = await host.bank.client.linkTokenCreate({ ...brokerageLink, ...changes })
  await page.goto(host.address('5.0', data.link_token))
  await press(page, 'Connect a bank')
  return dialogOf(page)
}

async function toBank(host: ReactHost, page: Page, bank: string, changes?: Partial<LinkTokenCreateRequest>) {
  const link = await open(host, page, changes)
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

test('a bank with its own page opens a window, and Link goes on when it is done there', async ({
  page,
  host,
}) => {
  const link = await toBank(host, page, 'Platypus OAuth Bank')
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
  host,
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
    host,
  }) => {
    const link = await toBank(host, page, 'Tartan Bank')
    await link.getByLabel('Username').fill('user_good')
    await link.getByLabel('Password').fill(password)
    await press(link, 'Sign in')
    await link.getByRole('heading', { name: /code|question|answers/i }).waitFor()
    await expectAccessible(page, password)
    for (const [kind, text] of answers) {
      if (kind === 'check') await link.getByLabel(text).check()
      else {
        await link.getByRole('textbox').fill('wrong')
        await press(link, 'Continue')
        await link.getByRole('alert').waitFor()
        await link.getByRole('textbox').fill(text)
      }
      await press(link, 'Continue')
    }
    await link.getByLabel(/Everyday Checking/).check()
    await press(link, 'Continue')
    await press(link, 'Finish')
    await succeeded(page)
  })
}

test('the list has the banks of the chosen countries, several accounts may be shared, and filters hide the rest', async ({
  page,
  host,
}) => {
  const link = await open(host, page, {
    products: ['transactions' as never],
    country_codes: ['US', 'CA', 'GB', 'IE', 'FR', 'ES', 'NL'] as never,
    account_filters: { depository: { account_subtypes: ['checking', 'savings'] as never } },
  })
  await press(link, 'Continue')
  const banks = link.getByRole('list', { name: 'Banks' }).getByRole('button')
  for (const [country, bank] of [
    ['Canada', 'Tartan-Dominion Bank of Canada'],
    ['United Kingdom', 'Royal Bank of Plaid'],
    ['Ireland', 'Glen Check Bank'],
    ['France', 'Banque du Pied-de-Poule'],
    ['Spain', 'Banco Ornitorrinco'],
    ['Netherlands', 'Ruitjesbank'],
  ] as const) {
    await link.getByLabel('Country').selectOption(country)
    await expect(banks.last()).toContainText(country)
    await expect(banks.filter({ hasText: bank })).toHaveCount(1)
    await expect(banks.filter({ hasText: 'First Gingham' })).toHaveCount(0)
  }
  await expectAccessible(page, 'banks')
  await banks.filter({ hasText: 'Ruitjesbank' }).click()
  await press(link, 'Fill in')
  await press(link, 'Sign in')
  await expect(link.getByRole('checkbox')).toHaveCount(2)
  await link.getByLabel(/Everyday Checking/).check()
  await link.getByLabel(/Rainy Day Savings/).check()
  await press(link, 'Continue')
  await press(link, 'Finish')
  expect((await succeeded(page)).metadata.accounts).toHaveLength(2)
})

test('a broken login is repaired on the bank’s own page too, and a refusal there is told', async ({
  page,
  host,
}) => {
  const { client } = host.bank
  const { data: made } = await client.sandboxPublicTokenCreate({
    institution_id: 'ins_127287',
    initial_products: ['auth' as never],
  })
  const { data: item } = await client.itemPublicTokenExchange({ public_token: made.public_token })
  await client.sandboxItemResetLogin({ access_token: item.access_token })
  const link = await open(host, page, { products: [], access_token: item.access_token })
  let popup = page.waitForEvent('popup')
  await press(link, 'Continue to Platypus OAuth Bank')
  await press(await popup, 'Do not share')
  await link.getByText('INSUFFICIENT_CREDENTIALS').waitFor()
  await press(link, 'Return to the app')
  await expect
    .poll(async () => (await heard(page)).exits[0]?.error?.error_code)
    .toBe('INSUFFICIENT_CREDENTIALS')

  await press(page, 'Connect a bank')
  popup = page.waitForEvent('popup')
  await press(link, 'Continue to Platypus OAuth Bank')
  await press(await popup, 'Sign in')
  await press(link, 'Finish')
  await succeeded(page)
  const { data: repaired } = await client.accountsGet({ access_token: item.access_token })
  expect(repaired.item.error).toBe(null)
})
