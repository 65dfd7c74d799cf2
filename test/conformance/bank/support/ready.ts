import { isAxiosError } from 'axios'
import type { BankTarget } from './bank-target.ts'

/** Asks until the product is there, as the vendor's own tests do. */
export async function onceReady<Answer>(bank: BankTarget, ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 30; tries += 1) {
    try {
      return await ask()
    } catch (error) {
      const code = isAxiosError(error) ? error.response?.data.error_code : undefined
      if (code !== 'PRODUCT_NOT_READY') throw error
    }
    await bank.pass(2)
  }
  throw new Error('never ready')
}
