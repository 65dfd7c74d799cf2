import type { BrokerContext } from '../context.ts'
import type { DocumentId } from './document.ts'
import { findDocument, type KeptDocument, keepBytes } from './document-store.ts'
import { printDocument } from './print-document.ts'

export type DocumentForm = 'pdf' | 'json'

/** Which forms there are: the JSON confirmation is only that, and only statements have both. */
export function formOf(document: Pick<KeptDocument, 'type'>, wantsJson: boolean): DocumentForm {
  if (document.type === 'trade_confirmation_json') return 'json'
  return document.type === 'account_statement' && wantsJson ? 'json' : 'pdf'
}

/**
 * A document's bytes. Pages are printed when somebody first wants them, from the facts of the day of issue, and
 * kept: a later version of this program would print other bytes.
 */
export async function readDocumentBytes(
  { db }: Pick<BrokerContext, 'db'>,
  id: DocumentId,
  form: DocumentForm,
): Promise<{ document: KeptDocument; bytes: Buffer } | undefined> {
  const document = await findDocument(db, id)
  if (document === undefined) return undefined
  if (form === 'json') return { document, bytes: Buffer.from(JSON.stringify(document.facts), 'utf8') }
  if (document.bytes !== undefined) return { document, bytes: document.bytes }
  const printed = await printDocument(document, document.facts)
  return { document, bytes: await keepBytes(db, document, printed) }
}
