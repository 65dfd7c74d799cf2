import { hasAbaCheckDigit } from '../institutions/aba.ts'
import {
  findInstitution,
  institutions,
  sandboxRoutingNumbers,
  unlistedBank,
} from '../institutions/catalog.ts'
import type { Institution } from '../institutions/institution.ts'
import { BankRefused } from '../refusals.ts'

export interface TypedNumbers {
  routing: string
  account: string
}

/** Digits as people type them, with blanks or dashes between; refused when they cannot be numbers of an account. */
export function readTypedNumbers(routingText: string, accountText: string): TypedNumbers {
  const routing = strip(routingText)
  const account = strip(accountText)
  if (!hasAbaCheckDigit(routing) || !/^\d{4,17}$/.test(account)) throw new BankRefused('numbers_wrong')
  return { routing, account }
}

/** The bank with this routing number; every other one is the unlisted bank. */
export function bankOfRouting(text: string): Institution {
  const routing = strip(text)
  const documented = sandboxRoutingNumbers[routing]
  const found =
    documented === undefined
      ? institutions.find(({ numbering }) => numbering.kind === 'us' && numbering.routing === routing)
      : findInstitution(documented)
  return found ?? unlistedBank
}

/** The number under which the books have an account: the vendor's sandbox has others for three banks. */
export function bookedRouting(institution: Institution, routing: string): string {
  const { numbering } = institution
  const isDocumented = sandboxRoutingNumbers[routing] === institution.id
  return isDocumented && numbering.kind === 'us' ? numbering.routing : routing
}

const strip = (text: string) => text.replaceAll(/[\s-]/g, '')
