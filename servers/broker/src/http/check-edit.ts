import {
  Agreement,
  Contact,
  Disclosures,
  Identity,
  partProblems,
  TrustedContact,
  taxIdProblems,
  type UpdateAccountBody,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { Account } from '../accounts/account.ts'
import type { JsonObject } from '../db/schema.ts'
import { refuseIssue } from './validation-answer.ts'
import { WireRefused } from './wire-error.ts'

/** An account's parts as they are kept, which is how they were said, less what is secret. */
const KeptParts = z.object({
  contact: Contact,
  identity: Identity,
  disclosures: Disclosures,
  agreements: z.array(Agreement),
  trusted_contact: TrustedContact.nullish(),
})

/** The vendor's client sends no empty edit either. */
export function refuseEmptyEdit(body: UpdateAccountBody): void {
  if (Object.values(body).some((value) => value != null)) return
  throw new WireRefused(422, 40010001, 'at least one field to change is expected')
}

/**
 * What comes out of an edit keeps the rules of an application. Only parts that the caller touched are held
 * against him: what an older account may lack elsewhere is not his fault.
 */
export function checkEdit(account: Account, parts: JsonObject, body: UpdateAccountBody): void {
  const touched = Object.entries(body).flatMap(([name, value]) => (value == null ? [] : [name]))
  if (touched.includes('enabled_assets')) touched.push('agreements', ...Object.keys(parts))
  const kept = KeptParts.safeParse(parts)
  if (!kept.success) {
    const issue = kept.error.issues.find(({ path }) => touched.includes(String(path[0])))
    if (issue === undefined) throw new WireRefused(422, 40010001, 'account lacks what an application needs')
    throw refuseIssue({ ...issue, path: issue.path.map(String) }, 'edit', parts)
  }
  const problems = [
    ...partProblems({
      ...parts,
      ...kept.data,
      account_type: account.accountType,
      enabled_assets: account.enabledAssets,
    }),
    ...(body.identity?.tax_id ? taxIdProblems({ ...kept.data.identity, tax_id: body.identity.tax_id }) : []),
  ]
  const problem = problems.find(({ path }) => touched.includes(String(path[0])))
  if (problem !== undefined) throw refuseIssue({ ...problem, code: 'custom' }, 'edit', parts)
}
