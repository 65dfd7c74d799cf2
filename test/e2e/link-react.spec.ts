import { expect, type FrameLocator, type Page } from '@playwright/test'
import { brokerageLink } from '../../servers/bank/test/linking.ts'
import { dialogOf, heard, press, test } from './support/link-test.ts'
import { type ReactHost, type Version, versions } from './support/react-host.ts'

/** Each react-plaid-link in use, unmodified, in StrictMode, on a page with a strict content policy. */
// Recording each step takes longer than the steps.
test.use({ trace: 'off' })

/** The app, ready, and what its console complained about. */
async function openApp(host: ReactHost, page: Page, version: Version, hash = ''): Promise<string[]> {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const { data } = await host.bank.client.linkTokenCreate(brokerageLink)
  await page.goto(host.address(version, data.link_token) + hash)
  return complaints
}

async function link(page: Page): Promise<void> {
  const dialog = dialogOf(page)
  await press(dialog, 'Continue')
  await press(dialog, 'Tartan Bank')
  await signInAndFinish(dialog)
}

async function signInAndFinish(dialog: FrameLocator): Promise<void> {
  await press(dialog, 'Fill in')
  await press(dialog, 'Sign in')
  await dialog.getByLabel(/Everyday Checking/).check()
  await press(dialog, 'Continue')
  await press(dialog, 'Finish')
}

for (const version of Object.keys(versions) as Version[]) {
  test(`react-plaid-link ${version} links a bank, leaves nothing behind, and closes with its component`, async ({
    page,
    host,
  }) => {
    const complaints = await openApp(host, page, version)
    expect(await page.locator('iframe').count()).toBe(0)
    await page.getByRole('button', { name: 'Connect a bank' }).click()
    await link(page)
    await expect.poll(async () => (await heard(page)).success.length).toBe(1)
    const { success, exits, events } = await heard(page)
    expect(success[0]?.publicToken).toMatch(/^public-sandbox-/)
    expect(exits).toEqual([])
    expect(events.filter((name) => name === 'OPEN')).toHaveLength(1)
    expect(events.at(-1)).toBe('HANDOFF')
    await expect(page.locator('iframe')).toHaveCount(0)
    // The component goes: up to 4.1 it still believes Link to be open, and closes it by force.
    await page.getByRole('button', { name: 'Hide' }).click()
    expect((await heard(page)).exits).toEqual([])

    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('button', { name: 'Connect a bank' }).click()
    await page.frameLocator('iframe').getByRole('button', { name: 'Continue' }).waitFor()
    await page.getByRole('button', { name: 'Hide', includeHidden: true }).evaluate((button) => {
      ;(button as HTMLButtonElement).click()
    })
    await expect(page.locator('iframe')).toHaveCount(0)
    expect(await page.locator('[inert]').count()).toBe(0)
    expect(await heard(page)).toMatchObject({ success: { length: 1 }, exits: [{ error: null }] })
    expect(complaints.filter((text) => !text.includes('React DevTools'))).toEqual([])
  })
}

for (const version of ['3.6', '4.1', '5.0'] as const) {
  test(`react-plaid-link ${version} shows the list of banks inside the page, and the rest above it`, async ({
    page,
    host,
  }) => {
    const complaints = await openApp(host, page, version, '#embedded')
    await expect(page.locator('iframe')).toHaveCount(1)
    const list = page.frameLocator('iframe[title="Choose your bank"]')
    await list.getByLabel('Search').fill('tart')
    await press(list, 'Tartan Bank')
    const dialog = dialogOf(page)
    await press(dialog, 'Continue')
    await signInAndFinish(dialog)
    await expect.poll(async () => (await heard(page)).success.length).toBe(1)
    const { events } = await heard(page)
    expect(events.filter((name) => name !== 'TRANSITION_VIEW').slice(0, 3)).toEqual([
      'OPEN',
      'SEARCH_INSTITUTION',
      'SELECT_INSTITUTION',
    ])
    await page.getByRole('button', { name: 'Hide' }).click()
    await expect(page.locator('iframe')).toHaveCount(0)
    expect(complaints.filter((text) => !text.includes('React DevTools'))).toEqual([])
  })
}
