import type { Holder } from './document-facts.ts'
import { SIMULATED } from './firm-details.ts'
import { isShownOtherwise } from './printable.ts'
import type { Sheet } from './sheet.ts'

export const holderLines = ({ name, address_lines }: Holder) => [name, ...address_lines]

/** What stands at the end of every document. */
export function closeWith(
  sheet: Sheet,
  { holder }: { readonly holder: Holder },
  notes: readonly string[],
): void {
  const isIncomplete = [holder.name, ...holder.address_lines].some(isShownOtherwise)
  sheet.notes('About this document', [SIMULATED, ...notes, ...(isIncomplete ? [INCOMPLETE] : [])])
}

const INCOMPLETE =
  'Some letters of the name or address above cannot be printed here and are left out or shown as a question mark; the record of the account has them as they are.'
