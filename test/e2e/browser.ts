import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The machine's own Chromium or Chrome; without one, the Chromium that comes inside an npm package. */
export async function browserPath(): Promise<string> {
  return SYSTEM_BROWSERS.find((file) => existsSync(file)) ?? chromium.executablePath()
}
