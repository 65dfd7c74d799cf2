import type { FieldCipher } from '@paddock/service'
import type { JsonObject } from '../db/schema.ts'
import type { AccountId } from './account.ts'

const cellOf = (accountId: AccountId, column: string) => ({ table: 'accounts', column, rowId: accountId })

export const encryptTaxId = (cipher: FieldCipher, accountId: AccountId, taxId: string) =>
  cipher.encrypt(taxId, cellOf(accountId, 'tax_id_cipher'))

/** Those of a minor and of beneficiaries. */
export const encryptFurtherTaxIds = (cipher: FieldCipher, accountId: AccountId, taxIds: JsonObject) =>
  cipher.encrypt(JSON.stringify(taxIds), cellOf(accountId, 'further_tax_ids_cipher'))

/** Whether it is the number that is on file, written with dashes or without. */
export function isTaxIdOnFile(
  cipher: FieldCipher,
  accountId: AccountId,
  stored: string | null,
  taxId: string,
): boolean {
  return stored !== null && bare(cipher.decrypt(stored, cellOf(accountId, 'tax_id_cipher'))) === bare(taxId)
}

const bare = (taxId: string) => taxId.replace(/[^0-9a-z]/gi, '').toUpperCase()
