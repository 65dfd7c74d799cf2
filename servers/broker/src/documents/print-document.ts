import type { IssuedDocument } from './document.ts'
import type { DocumentFacts } from './document-facts.ts'
import { printConfirmation } from './print-confirmation.ts'
import { printStatement } from './print-statement.ts'
import { printTaxPack } from './print-tax-pack.ts'

/** The pages of a document. The same facts make the same bytes. */
export async function printDocument(
  { issuedAt }: Pick<IssuedDocument, 'issuedAt'>,
  facts: DocumentFacts,
): Promise<Buffer> {
  if (facts.kind === 'account_statement') return printStatement(facts, issuedAt)
  if (facts.kind === 'trade_confirmation') return printConfirmation(facts, issuedAt)
  return printTaxPack(facts, issuedAt)
}
