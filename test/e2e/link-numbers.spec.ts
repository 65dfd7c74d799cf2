import AxeBuilder from '@axe-core/playwright'
import { expect, type FrameLocator, type Page } from '@playwright/test'
import type { LinkTokenCreateRequest } from 'plaid'
import { brokerageLink } from '../../servers/bank/test/linking.ts'
import { dialogOf, heard, press, test } from './support/link-test.ts'
import type { ReactHost } from './support/react-host.ts'

/** The ways through Link on which numbers are typed, and the code that shows whose they are. */
// Recording each step takes longer than the steps.
test.use({ trace: 'off' })

const SAME_DAY = { same_day_microdeposits_enabled: true, auth_type_select_enabled: true }

async function open(host: ReactHost, page: Page, changes: Partial<LinkTokenCreateRequest>) {
  const { data } = await host.bank.client.linkTokenCreate({ ...brokerageLink, ...changes })
  await page.goto(host.address('5.0', data.link_token))
  await press(page, 'Connect a bank')
  return dialogOf(page)
}

const fieldOf = (link: FrameLocator, name: string) => link.getByRole('textbox', { name, exact: true })

/** Without faults, and within the width. */
async function expectGood(page: Page, link: FrameLocator, pane: string) {
  // The panes arrive within 150 ms; contrast is measured when they are there.
  await page.waitForTimeout(200)
  const { violations } = await new AxeBuilder({ page }).include('iframe').analyze()
  expect(violations.map(({ id, nodes }) => [pane, id, nodes[0]?.html])).toEqual([])
  const wide = await link.locator('main').evaluate((main) => main.scrollWidth > main.clientWidth)
  expect(wide, `${pane} scrolls sideways`).toBe(false)
}

/** The problem that stands at a field, as a screen reader finds it. */
async function expectProblem(link: FrameLocator, label: string, text: string) {
  const field = fieldOf(link, label)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(new RegExp(text))
}

const outcome = async (page: Page) => {
  await expect.poll(async () => (await heard(page)).success.length).toBe(1)
  const { success, events } = await heard(page)
  const [first] = success
  if (first === undefined) throw new Error('no success')
  return { ...first, events }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`numbers are typed by keyboard, their code comes later, and three wrong ones end it (${colorScheme}, 320 px)`, async ({
    page,
    host,
  }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 320, height: 640 })
    const link = await open(host, page, { auth: SAME_DAY })
    await press(link, 'Continue')
    await link.getByText('How would you like to connect?').waitFor()
    await expectGood(page, link, 'the choice')
    await link.getByRole('button', { name: /Enter account numbers/ }).press('Enter')

    const routing = fieldOf(link, 'Routing number')
    await expect(routing).toBeFocused()
    await routing.fill('110000001')
    await expectProblem(link, 'Routing number', 'One of the digits is wrong')
    await expectGood(page, link, 'a wrong routing number')
    await routing.press('Enter')
    await expect(routing).toBeFocused()
    await routing.fill('1100-0000 0')
    await expect(link.locator('.found')).toHaveText('First Platypus Bank')
    await expect(routing).not.toHaveAttribute('aria-invalid')
    await expectGood(page, link, 'a right routing number')
    await routing.press('Enter')

    await link.getByText('Your account at First Platypus Bank').waitFor()
    // Back and forth loses nothing.
    await press(link, 'Back')
    await expect(fieldOf(link, 'Routing number')).toHaveValue('110000000')
    await press(link, 'Continue')
    const fill = (label: string, text: string) => fieldOf(link, label).fill(text)
    await fill('Account number', '1111222233330000')
    await fill('Account number, again', '1111222233330001')
    await press(link, 'Send the deposit')
    await expectProblem(link, 'Account number, again', 'The two numbers differ')
    await expectProblem(link, 'Name of the account’s holder', 'Whose account is it')
    await expect(fieldOf(link, 'Account number, again')).toBeFocused()
    await expectGood(page, link, 'wrong account numbers')
    await fill('Account number, again', '1111 2222 3333 0000')
    await fill('Name of the account’s holder', 'Nora Quill')
    await link.getByLabel('Name of the account’s holder').press('Enter')

    await link.getByRole('heading', { name: 'A deposit is on its way' }).waitFor()
    await expectGood(page, link, 'the deposit')
    await press(link, 'Done')
    const { publicToken, metadata, events } = await outcome(page)
    expect(metadata.accounts).toMatchObject([
      { name: 'Checking', mask: '0000', verification_status: 'pending_manual_verification' },
    ])
    expect(events.slice(2)).toEqual([
      'TRANSITION_VIEW',
      'SELECT_AUTH_TYPE',
      'TRANSITION_VIEW',
      'SUBMIT_ROUTING_NUMBER',
      'TRANSITION_VIEW',
      'TRANSITION_VIEW',
      'SUBMIT_ROUTING_NUMBER',
      'TRANSITION_VIEW',
      'SUBMIT_ACCOUNT_NUMBER',
      'TRANSITION_VIEW',
      'TRANSITION_VIEW',
      'TRANSITION_VIEW',
      'HANDOFF',
    ])

    const { client } = host.bank
    const { data: told } = await client.linkTokenGet({ link_token: page.url().split('/').pop() ?? '' })
    const kept = told.link_sessions?.[0]?.events ?? []
    expect(kept.find((event) => event.event_name === 'SELECT_AUTH_TYPE')?.event_metadata).toMatchObject({
      selection: 'flow_type_manual',
    })
    expect(kept.find((event) => event.event_name === 'SUBMIT_ACCOUNT_NUMBER')?.event_metadata).toMatchObject({
      routing_number: '110000000',
      account_number_mask: '0000',
    })
    const { data } = await client.itemPublicTokenExchange({ public_token: publicToken })
    const again = await open(host, page, { access_token: data.access_token, products: [] })
    for (const tries of [1, 2, 3]) {
      await again.getByLabel('Three letters').fill('xyz')
      await press(again, 'Verify the account')
      await again.getByRole('alert').waitFor()
      if (tries === 1) {
        await expectProblem(again, 'Three letters', 'That is not the code')
        await expectGood(page, again, 'a wrong code')
      }
    }
    await expect(again.getByText('TOO_MANY_VERIFICATION_ATTEMPTS')).toBeVisible()
    await press(again, 'Return to the app')
    await expect
      .poll(async () => (await heard(page)).exits[0]?.error?.error_code)
      .toBe('TOO_MANY_VERIFICATION_ATTEMPTS')
    const { data: over } = await client.accountsGet({ access_token: data.access_token })
    expect(over.accounts[0]?.verification_status).toBe('verification_failed')
  })
}

test('who does not find a bank types numbers, and comes back with the right code', async ({ page, host }) => {
  const link = await open(host, page, { auth: { same_day_microdeposits_enabled: true } })
  await press(link, 'Continue')
  await link.getByLabel('Search').fill('no such bank')
  await link.getByText('No bank matches').waitFor()
  await expectGood(page, link, 'an empty list')
  await press(link, 'Enter account numbers')
  await press(link, 'Fill in')
  await press(link, 'Continue')
  await press(link, 'Fill in')
  await press(link, 'Send the deposit')
  await press(link, 'Done')
  const { publicToken } = await outcome(page)
  const { data } = await host.bank.client.itemPublicTokenExchange({ public_token: publicToken })
  const again = await open(host, page, { access_token: data.access_token, products: [] })
  await again.getByLabel('Three letters').fill('abc')
  await again.getByLabel('Three letters').press('Enter')
  await again.getByText('Your account is verified').waitFor()
  await press(again, 'Finish')
  expect((await outcome(page)).metadata.accounts).toMatchObject([
    { verification_status: 'manually_verified' },
  ])
})

test('a bank that tells no numbers asks for them after the choice of the account', async ({ page, host }) => {
  const link = await open(host, page, {})
  await press(link, 'Continue')
  await press(link, 'Houndstooth Bank')
  await press(link, 'Fill in')
  await press(link, 'Sign in')
  await link.getByLabel(/Rainy Day Savings/).check()
  await press(link, 'Continue')
  await fieldOf(link, 'Routing number').fill('021000021')
  await fieldOf(link, 'Account number').fill('1111222233339999')
  await press(link, 'Continue')
  await expect(link.getByRole('alert')).toContainText('do not belong to the account')
  await expectGood(page, link, 'numbers that do not fit')
  await fieldOf(link, 'Account number').fill('1111222233331111')
  await press(link, 'Continue')
  await press(link, 'Finish')
  const { metadata, events } = await outcome(page)
  expect(metadata.accounts).toMatchObject([{ mask: '1111', verification_status: null }])
  expect(events).toContain('SUBMIT_ACCOUNT_NUMBER')
  expect(events).toContain('ERROR')
})

test('from a list inside the page, numbers are typed above it', async ({ page, host }) => {
  const auth = { same_day_microdeposits_enabled: true }
  const { data } = await host.bank.client.linkTokenCreate({ ...brokerageLink, auth })
  await page.goto(`${host.address('5.0', data.link_token)}#embedded`)
  await press(page.frameLocator('iframe[title="Choose your bank"]'), 'Enter account numbers')
  const link = dialogOf(page)
  await press(link, 'Continue')
  await press(link, 'Fill in')
  await press(link, 'Back')
  await press(link, 'Continue')
  await press(link, 'Fill in')
  await press(link, 'Continue')
  await press(link, 'Fill in')
  await press(link, 'Send the deposit')
  await press(link, 'Done')
  expect((await outcome(page)).metadata.accounts).toMatchObject([
    { verification_status: 'pending_manual_verification' },
  ])
})

test('where the deposit is there at once its code is asked for right away', async ({ page, host }) => {
  const link = await open(host, page, { auth: { instant_microdeposits_enabled: true } })
  await press(link, 'Continue')
  await press(link, 'Enter account numbers')
  await fieldOf(link, 'Routing number').fill('333333334')
  await press(link, 'Continue')
  await press(link, 'Fill in')
  await press(link, 'Send the deposit')
  await link.getByText('has just arrived').waitFor()
  await expectGood(page, link, 'the code at once')
  await press(link, 'Back')
  await press(link, 'Send the deposit')
  await fieldOf(link, 'Three letters').fill('ABC')
  await press(link, 'Verify the account')
  await press(link, 'Finish')
  expect((await outcome(page)).metadata.accounts).toMatchObject([
    { verification_status: 'manually_verified' },
  ])
  const { data } = await host.bank.client.linkTokenGet({ link_token: page.url().split('/').pop() ?? '' })
  const views = data.link_sessions?.[0]?.events?.map((event) => event.event_metadata.view_name)
  expect(views).toContain('INSTANT_MICRODEPOSIT_AUTHORIZED')
})
