import type { FrameLocator } from '@playwright/test'
import type { LinkHost } from './link-host.ts'

export const button = (link: FrameLocator, name: string | RegExp) =>
  link.getByRole('button', { name, exact: true })
export const focused = (host: LinkHost) =>
  host.link.locator(':focus').evaluate((element) => element.textContent || element.id)

export async function toBanks(host: LinkHost): Promise<void> {
  await host.open(await host.newLinkToken())
  await button(host.link, 'Continue').click()
}

export async function toSignIn(host: LinkHost): Promise<void> {
  await toBanks(host)
  await button(host.link, 'First Platypus Bank').click()
}

export async function signIn(host: LinkHost, username = 'user_good', password = 'pass_good'): Promise<void> {
  await host.link.getByLabel('Username').fill(username)
  await host.link.getByLabel('Password').fill(password)
  await button(host.link, 'Sign in').click()
}

export const nothingLeft = (host: LinkHost) =>
  host.page.evaluate(
    `document.querySelectorAll('iframe').length === 0 && !document.querySelector('[inert]') &&
     document.documentElement.style.overflow === ''`,
  )
