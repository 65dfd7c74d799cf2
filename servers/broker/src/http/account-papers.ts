import { AccountPath, OwnerDocumentPath, UploadDocumentsBody } from '@paddock/broker-wire'
import { z } from 'zod'
import { type AccountId, AccountRejected, type SubmittedDocument } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { findOwnerDocumentFile } from '../accounts/owner-document-store.ts'
import { submitDocuments } from '../accounts/submit-documents.ts'
import type { FileSource } from './files.ts'
import { readDocument } from './read-application.ts'
import type { BrokerRoutes } from './routes.ts'
import { redirectToFile } from './signed-url.ts'
import { WireRefused } from './wire-error.ts'

/** Ten papers of ten megabytes, and what is around them. */
const BODY_LIMIT_BYTES = 101 * 1_048_576

const documents = '/v1/accounts/:account_id/documents'

/** Papers of the owner, as opposed to papers for the owner (contracts/alpaca/accounts.md §5). */
export const accountPaperRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.post(
    `${documents}/upload`,
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        summary: 'Upload papers of the owner',
        tags: ['Accounts'],
        params: AccountPath,
        body: UploadDocumentsBody,
        response: { 204: z.undefined().describe('The papers are kept') },
      },
    },
    async ({ params, body }, reply) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const papers = await Promise.all(body.map(readDocument))
      papers.forEach(refuseUnknownContent)
      await submitDocuments(ctx, accountId, papers)
      return reply.code(204).send()
    },
  )

  app.get(
    `${documents}/w8ben/:document_id/download`,
    {
      schema: {
        summary: 'Download a W-8BEN',
        tags: ['Accounts'],
        params: OwnerDocumentPath,
        response: { 301: z.undefined().describe('A signed link is in the location header') },
      },
    },
    async (request, reply) => {
      const { account_id, document_id } = request.params
      await requireAccount(ctx.db, account_id as AccountId)
      const file = await findOwnerDocumentFile(ctx.db, ctx.cipher, account_id as AccountId, document_id)
      if (file?.documentType !== 'w8ben') throw new AccountRejected('document_not_found')
      return redirectToFile(ctx, request, reply, `/_files/papers/${account_id}/${document_id}`)
    },
  )
}

/** By its own bytes, whatever it is called: a picture that is a program stays outside. */
function refuseUnknownContent({ content, documentType }: SubmittedDocument, index: number): void {
  const isForm = content?.mimeType === 'application/json'
  if (content?.mimeType !== undefined && (!isForm || documentType === 'w8ben')) return
  throw new WireRefused(422, 40010001, `${index}.content: must be a PDF, PNG or JPEG file`)
}

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/json': 'json',
  'image/png': 'png',
  'image/jpeg': 'jpg',
}

const PAPER_ID = /^([0-9a-f-]{36})\/([0-9a-f-]{36})$/

/** The bytes behind `/_files/papers/<account>/<document>`. */
export const findPaper: FileSource = async (ctx, id) => {
  const [, accountId = '', documentId = ''] = PAPER_ID.exec(id) ?? []
  if (documentId === '') return undefined
  const file = await findOwnerDocumentFile(ctx.db, ctx.cipher, accountId as AccountId, documentId)
  if (file === undefined) return undefined
  const { bytes, mimeType = 'application/octet-stream', documentType } = file
  return { bytes, contentType: mimeType, fileName: `${documentType}.${extensions[mimeType] ?? 'bin'}` }
}
