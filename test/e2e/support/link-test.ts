import { test as base, type FrameLocator, type Page } from '@playwright/test'
import setUpCluster from '../../../packages/pg-test/src/cluster.ts'
import { type ReactHost, reactHost } from './react-host.ts'

/** Tests of Link share one bank, one database server and the bundles of the app. */
export const test = base.extend<object, { host: ReactHost }>({
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here.
    async ({}, use) => {
      const endCluster = await setUpCluster()
      {
        await using host = await reactHost()
        await use(host)
      }
      await endCluster()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** What the app was told. */
export interface Heard {
  success: { publicToken: string; metadata: { accounts: { name: string }[] } }[]
  exits: { error: { error_code: string } | null }[]
  events: string[]
}
export const heard = (page: Page) => page.evaluate('window.heard') as Promise<Heard>
export const dialogOf = (page: Page) => page.frameLocator('iframe[title="Link your bank account"]')
export const press = (on: FrameLocator | Page, name: string) =>
  on.getByRole('button', { name, exact: true }).click()
