import { assert } from '@paddock/kernel'
import type { Institution } from '../institutions/institution.ts'
import type { AccountNumbers } from './draft-account.ts'

/** The ways to pay an account of this bank whose own number is `account`. */
export function numbersAt({ numbering }: Institution, account: string): AccountNumbers {
  switch (numbering.kind) {
    case 'us':
      return { ach: { account, routing: numbering.routing, wireRouting: numbering.wireRouting } }
    case 'ca':
      return {
        eft: { account: account.slice(-12), institution: numbering.institution, branch: numbering.branch },
      }
    case 'uk': {
      const short = account.slice(-8)
      const bban = `${numbering.bic.slice(0, 4)}${numbering.sortCode}${short}`
      return {
        bacs: { account: short, sortCode: numbering.sortCode },
        international: { iban: withCheckDigits('GB', bban), bic: numbering.bic },
      }
    }
    case 'iban': {
      const own = numbering.bbanLength - numbering.bankCode.length
      const bban = numbering.bankCode + account.slice(-own).padStart(own, '0')
      return { international: { iban: withCheckDigits(numbering.country, bban), bic: numbering.bic } }
    }
  }
}

/**
 * ISO 13616: letters count as 10 to 35, and the whole with the country and check digits moved to the end
 * leaves 1 when divided by 97. National check digits inside the number are not computed.
 */
function withCheckDigits(country: string, bban: string): string {
  assert(/^[0-9A-Z]+$/.test(bban), 'a BBAN has digits and capitals only')
  const digits = [...`${bban}${country}00`].map((letter) => Number.parseInt(letter, 36)).join('')
  const check = 98n - (BigInt(digits) % 97n)
  return `${country}${check.toString().padStart(2, '0')}${bban}`
}
