import AxeBuilder from '@axe-core/playwright'
import { expect, type FrameLocator, type Page, test } from '@playwright/test'
import { newPlace, type RunningStack, startStackProcess } from '../support/running-stack.ts'

/** The main job as a person does it, in a real browser against the whole product. */
let place: Awaited<ReturnType<typeof newPlace>>
let stack: RunningStack

test.beforeAll(async () => {
  test.setTimeout(180_000)
  place = await newPlace()
  stack = await startStackProcess(place)
})

test.afterAll(async () => {
  await stack?.stop()
  await place?.[Symbol.asyncDispose]()
})

async function expectAccessible(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
  expect(
    violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes[0]?.html}`),
    where,
  ).toEqual([])
}

/** The bank's own window, in its own frame. */
const linkFrame = (page: Page): FrameLocator => page.frameLocator('iframe[src*="/link/"]')

test('the demo customer is one click away, funded and with positions', async ({ page }) => {
  await page.goto(stack.platform)
  await expectAccessible(page, 'landing')
  await page.getByRole('button', { name: /Ada/ }).click()
  await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible()
  for (const symbol of ['SPY', 'AAPL', 'KO', 'BTC']) {
    await expect(page.getByText(symbol, { exact: false }).first()).toBeVisible()
  }
  await expectAccessible(page, 'home')
})

test('a new person opens an account, links a bank, deposits and buys a share', async ({ page }) => {
  test.setTimeout(150_000)
  await page.goto(stack.platform)
  await signUp(page, 'grace@example.org')
  await apply(page)
  await linkBank(page)
  await overLimitDeposit(page)
  await deposit(page)
  await tooDearBuy(page)
  await buy(page)
})

async function signUp(page: Page, email: string) {
  await page.goto(`${stack.platform}/signup`)
  await expectAccessible(page, 'sign-up')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  const terms = page.getByRole('checkbox')
  if (await terms.count()) await terms.first().check()
  await page.getByRole('button', { name: 'Create account' }).click()
}

async function apply(page: Page) {
  await expect(page.getByRole('heading', { name: 'Open your account' })).toBeVisible()
  await page.getByRole('button', { name: 'Fill with sample data' }).click()
  await expect(page.getByRole('button', { name: 'Submit application' })).toBeVisible()
  await expectAccessible(page, 'application review')
  await page.getByRole('button', { name: 'Submit application' }).click()
  await expect(page.getByText('Ready').first()).toBeVisible({ timeout: 20_000 })
}

async function linkBank(page: Page) {
  await page.goto(`${stack.platform}/banks/link`)
  await expect(page.getByRole('heading', { name: 'Link your bank' })).toBeVisible()
  await page.getByRole('button', { name: 'Link a bank' }).click()
  const link = linkFrame(page)
  await link.getByRole('button', { name: 'Continue' }).click()
  await link.getByRole('searchbox').fill('First Platypus')
  await link.getByRole('button', { name: /First Platypus Bank/ }).click()
  await link.getByLabel('Username').fill('user_good')
  await link.getByLabel('Password').fill('pass_wrong')
  await link.getByRole('button', { name: /Submit|Sign in|Continue/ }).click()
  await expect(link.getByRole('alert')).toBeVisible()
  await link.getByLabel('Password').fill('pass_good')
  await link.getByRole('button', { name: /Submit|Sign in|Continue/ }).click()
  await link.getByRole('radio', { name: /Checking/ }).check()
  await link.getByRole('button', { name: 'Continue' }).click()
  await link.getByRole('button', { name: /Finish|Done|Continue/ }).click()
  await expect(page.getByText('Connected').first()).toBeVisible({ timeout: 20_000 })
}

async function overLimitDeposit(page: Page) {
  await page.goto(`${stack.platform}/transfer?dir=deposit`)
  await expect(page.getByRole('heading', { name: 'Move money' })).toBeVisible()
  await page.getByLabel(/Amount/).fill('50000.01')
  await expect(page.getByText(/limit/i).first()).toBeVisible()
  await expectAccessible(page, 'deposit')
}

async function deposit(page: Page) {
  await page.getByLabel(/Amount/).fill('1000')
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('button', { name: /^Deposit \$1,000\.00/ }).click()
  await page.getByRole('button', { name: 'Settle now' }).click()
  await expect(page.getByText('Done').first()).toBeVisible({ timeout: 20_000 })
  await page.goto(`${stack.platform}/home`)
  await expect(page.getByText('$1,000.00').first()).toBeVisible()
}

async function tooDearBuy(page: Page) {
  await page.goto(`${stack.platform}/invest/SPY`)
  await page
    .getByLabel(/Amount|Dollars/)
    .first()
    .fill('5000')
  await expect(page.getByText(/buying power/i).first()).toBeVisible()
  await expectAccessible(page, 'asset')
}

async function buy(page: Page) {
  await page
    .getByLabel(/Amount|Dollars/)
    .first()
    .fill('100')
  await page.getByRole('button', { name: 'Review order' }).click()
  await page.getByRole('button', { name: /^Buy \$100\.00/ }).click()
  await expect(page.getByText('Filled').first()).toBeVisible({ timeout: 20_000 })
  await page.goto(`${stack.platform}/home`)
  await expect(page.getByRole('link', { name: /SPY/ }).first()).toBeVisible()
}

test('the API reference shows what is served, and loads nothing from elsewhere', async ({ page }) => {
  const elsewhere: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.hostname !== new URL(stack.platform).hostname)
      elsewhere.push(url.href)
  })
  await page.goto(`${stack.platform}/reference`)
  // A long document: a busy machine takes its time to lay it out.
  await expect(page.getByRole('heading', { name: 'Paddock Broker API' })).toBeVisible({ timeout: 30_000 })
  // What is tried on the platform's page must go to the broker.
  await expect(page.getByText(stack.broker, { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Broker API' }).click()
  await page.getByRole('option', { name: 'Platform API' }).click()
  await expect(page.getByRole('heading', { name: 'Paddock Platform API' })).toBeVisible({ timeout: 30_000 })
  expect(elsewhere).toEqual([])
})
