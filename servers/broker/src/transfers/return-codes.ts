import { returnCodes } from '@paddock/nacha'

/** Why an ACH entry comes back, in the operator's words shortened (contracts/nacha). The common ones; the others are in the table of all codes. */
const reasons: Readonly<Record<string, string>> = {
  R01: 'insufficient funds',
  R02: 'account closed',
  R03: 'no account',
  R04: 'invalid account number',
  R05: 'unauthorized debit to consumer account',
  R07: 'authorization revoked',
  R08: 'payment stopped',
  R09: 'uncollected funds',
  R10: 'not authorized',
  R16: 'account frozen',
  R20: 'non-transaction account',
  R29: 'corporate customer advises not authorized',
}

export const RETURN_CODE = /^R(?:0[1-9]|[1-7]\d|8[0-5])$/

export const returnReason = (code: string): string =>
  reasons[code] ?? returnCodes.get(code)?.meaning ?? 'returned by the bank'
