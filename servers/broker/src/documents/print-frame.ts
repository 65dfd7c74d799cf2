import type { Holder } from './document-facts.ts'
import { SIMULATED } from './firm-details.ts'
import { isSpelledOtherwise } from './printable.ts'
import type { Sheet } from './sheet.ts'

export const holderLines = ({ name, address_lines }: Holder) => [name, ...address_lines]

/** What stands at the end of every document. */
export function closeWith(
  sheet: Sheet,
  { holder }: { readonly holder: Holder },
  notes: readonly string[],
): void {
  sheet.heading('About this document')
  for (const note of [SIMULATED, ...notes]) sheet.note(note)
  if ([holder.name, ...holder.address_lines].some(isSpelledOtherwise)) {
    sheet.note(
      'Some letters of the name or address above cannot be printed here. They are spelled in Latin letters, or shown as a question mark; the record of the account has them as they are.',
    )
  }
}
