import { isDeepStrictEqual } from 'node:util'
import { newYorkDate } from '@paddock/calendar'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject, JsonValue } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { type Account, type AccountId, AccountRejected } from './account.ts'
import { getAccount, type LockedAccount, lockAccount } from './account-store.ts'
import { changeStatus, startCrypto } from './change-status.ts'
import { checkAge } from './create-account.ts'
import { scheduleEnrollments } from './enrollments.ts'
import { needsReview } from './review-rules.ts'
import { searchTextOf } from './search-text.ts'
import { isFinal, isOpened } from './status-graph.ts'
import { encryptFurtherTaxIds, encryptTaxId, isTaxIdOnFile } from './tax-ids.ts'

/** Parts and fields to change, in wire form; what is not there stays. */
export type AccountEdit = {
  /** Objects are merged field by field, everything else is replaced. */
  readonly parts: JsonObject
  readonly taxId: string | undefined
  readonly furtherTaxIds: JsonObject | undefined
  readonly agreements: readonly JsonObject[]
  readonly enabledAssets: readonly string[] | undefined
  readonly tradingConfigurations: JsonObject | undefined
}

/** Refuses what the edit would make of the account, by rules of the wire. */
export type CheckResult = (account: Account, parts: JsonObject) => void

/** Who is somebody cannot change once the account was opened (contracts/alpaca/accounts.md §4). */
const fixedFields = ['date_of_birth', 'tax_id_type', 'country_of_birth', 'country_of_tax_residence'] as const

/** Changes what an account says of itself. What a person has to look at again holds back withdrawals until then. */
export async function updateAccount(
  ctx: BrokerContext,
  accountId: AccountId,
  edit: AccountEdit,
  check: CheckResult,
): Promise<Account> {
  try {
    return await transact(ctx, (tx) => updateLocked(ctx, tx, accountId, edit, check))
  } catch (error) {
    if (isEmailTaken(error)) throw new AccountRejected('email_taken')
    throw error
  }
}

async function updateLocked(
  ctx: BrokerContext,
  tx: Tx,
  accountId: AccountId,
  edit: AccountEdit,
  check: CheckResult,
): Promise<Account> {
  const locked = await lockAccount(tx, accountId)
  const before = await getAccount(tx, accountId)
  if (before.accountType === 'firm' || isFinal(before.status)) {
    throw new AccountRejected('account_not_editable', { status: before.status })
  }
  const now = ctx.clock.now()
  const parts = mergeParts(before.parts, edit)
  const enabledAssets = mergeAssets(before, edit)
  check({ ...before, enabledAssets }, parts)
  await refuseFixedFields(ctx, tx, before, parts, edit, newYorkDate(now))
  const hasNewName = changesName(before, parts)
  if (hasNewName) await refuseSecondNewName(tx, accountId)
  await saveEdit(ctx, tx, before, { parts, enabledAssets, edit, hasNewName }, now)

  await scheduleEnrollments(tx, accountId, now)
  if (enabledAssets.includes('crypto') && locked.cryptoStatus === 'INACTIVE')
    await startCrypto(tx, locked, now)
  if (before.status === 'ACTIVE' && needsReview(before.parts, parts)) {
    await changeStatus(tx, await relock(tx, locked), { side: 'status', to: 'ACCOUNT_UPDATED' }, now)
  }
  return getAccount(tx, accountId)
}

const relock = (tx: Tx, { id }: LockedAccount) => lockAccount(tx, id)

function mergeParts(before: JsonObject, { parts, agreements }: AccountEdit): JsonObject {
  const merged = Object.entries(parts).map(([name, value]): [string, JsonValue | undefined] => {
    const known = before[name]
    return [name, isObject(value) ? { ...(isObject(known) ? known : {}), ...value } : value]
  })
  return {
    ...before,
    ...Object.fromEntries(merged),
    ...(agreements.length === 0 ? {} : { agreements: mergeAgreements(before.agreements, agreements) }),
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An agreement that is signed again takes the place of its older self. */
function mergeAgreements(before: JsonValue | undefined, signed: readonly JsonObject[]): JsonObject[] {
  const known = (Array.isArray(before) ? before : []) as JsonObject[]
  const isSignedAgain = ({ agreement }: JsonObject) => signed.some((own) => own.agreement === agreement)
  return [...known.filter((own) => !isSignedAgain(own)), ...signed]
}

/** Who signs the crypto agreement and says nothing else wants crypto, as in an application. */
function mergeAssets(
  { enabledAssets: before }: Account,
  { enabledAssets: wanted, agreements }: AccountEdit,
): readonly string[] {
  if (wanted !== undefined) {
    if (before.some((asset) => !wanted.includes(asset))) throw new AccountRejected('assets_not_removable')
    return [...new Set([...before, ...wanted])]
  }
  const signsCrypto = agreements.some(({ agreement }) => agreement === 'crypto_agreement')
  return signsCrypto ? [...new Set([...before, 'crypto'])] : before
}

async function refuseFixedFields(
  { cipher }: BrokerContext,
  tx: Tx,
  before: Account,
  parts: JsonObject,
  { taxId }: AccountEdit,
  today: Temporal.PlainDate,
): Promise<void> {
  const [was, is] = [Object(before.parts.identity), Object(parts.identity)] as [JsonObject, JsonObject]
  if (!isOpened(before.status)) {
    if (is.date_of_birth !== was.date_of_birth)
      checkAge(Temporal.PlainDate.from(String(is.date_of_birth)), today)
    return
  }
  for (const field of fixedFields) {
    if (is[field] !== was[field]) throw new AccountRejected('identity_field_not_editable', { field })
  }
  if (taxId === undefined) return
  const { tax_id_cipher } = await tx
    .selectFrom('accounts')
    .select('tax_id_cipher')
    .where('id', '=', before.id)
    .executeTakeFirstOrThrow()
  if (!isTaxIdOnFile(cipher, before.id, tax_id_cipher, taxId)) {
    throw new AccountRejected('identity_field_not_editable', { field: 'tax_id' })
  }
}

function changesName({ status, parts: before }: Account, after: JsonObject): boolean {
  const [was, is] = [Object(before.identity), Object(after.identity)] as [JsonObject, JsonObject]
  const isOther = was.given_name !== is.given_name || was.family_name !== is.family_name
  return isOpened(status) && isOther
}

async function refuseSecondNewName(tx: Tx, accountId: AccountId): Promise<void> {
  const { names_changed_at } = await tx
    .selectFrom('accounts')
    .select('names_changed_at')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (names_changed_at !== null) throw new AccountRejected('names_changed_before')
}

type Outcome = {
  readonly parts: JsonObject
  readonly enabledAssets: readonly string[]
  readonly edit: AccountEdit
  readonly hasNewName: boolean
}

async function saveEdit(
  { cipher }: BrokerContext,
  tx: Tx,
  { id, parts: before, tradingConfigurations }: Account,
  { parts, enabledAssets, edit, hasNewName }: Outcome,
  now: Temporal.Instant,
): Promise<void> {
  const { taxId, furtherTaxIds, tradingConfigurations: settings } = edit
  const isSame = isDeepStrictEqual(before, parts)
  const email = String((Object(parts.contact) as JsonObject).email_address)
  await tx
    .updateTable('accounts')
    .set({
      ...(isSame ? {} : { application: JSON.stringify(parts), search_text: searchTextOf(parts) }),
      email_key: email.toLowerCase(),
      enabled_assets: JSON.stringify(enabledAssets),
      ...(taxId === undefined ? {} : { tax_id_cipher: encryptTaxId(cipher, id, taxId) }),
      ...(furtherTaxIds === undefined
        ? {}
        : { further_tax_ids_cipher: encryptFurtherTaxIds(cipher, id, furtherTaxIds) }),
      ...(settings === undefined
        ? {}
        : { trading_configurations: JSON.stringify({ ...tradingConfigurations, ...settings }) }),
      ...(hasNewName ? { names_changed_at: now } : {}),
      updated_at: now,
    })
    .where('id', '=', id)
    .execute()
}

function isEmailTaken(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'accounts_email_key_key'
}
