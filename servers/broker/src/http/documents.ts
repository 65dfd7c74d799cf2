import {
  AccountPath,
  DocumentBody,
  DocumentIdPath,
  DocumentPath,
  ListDocumentsQuery,
} from '@paddock/broker-wire'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import {
  type DocumentId,
  DocumentRejected,
  type DocumentType,
  documentTypes,
  type IssuedDocument,
} from '../documents/document.ts'
import { formOf, readDocumentBytes } from '../documents/document-file.ts'
import { findDocument, type KeptDocument, listDocuments } from '../documents/document-store.ts'
import type { StoredFile } from './files.ts'
import { readDay } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'
import { redirectToFile } from './signed-url.ts'
import { WireRefused } from './wire-error.ts'

const tags = ['Documents']

/** What the firm issued: statements, confirmations, tax packs (contracts/alpaca/documents.md). */
export const documentRoutes: BrokerRoutes = async (app, { ctx }) => {
  const path = '/v1/accounts/:account_id/documents'

  app.get(
    path,
    {
      schema: {
        summary: "List an account's documents",
        tags,
        params: AccountPath,
        querystring: ListDocumentsQuery,
        response: { 200: z.array(DocumentBody) },
      },
    },
    async ({ params, query }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const documents = await listDocuments(ctx.db, { accountId, ...readFilter(query) })
      return documents.map(presentDocument)
    },
  )

  app.get(
    `${path}/:document_id`,
    {
      schema: {
        summary: 'Read what a document is',
        tags,
        params: DocumentPath,
        response: { 200: DocumentBody },
      },
    },
    async ({ params }) => {
      const accountId = params.account_id as AccountId
      return presentDocument(await requireDocument(ctx, params.document_id as DocumentId, accountId))
    },
  )

  app.get(
    `${path}/:document_id/download`,
    { schema: { summary: 'Download a document', tags, params: DocumentPath } },
    async (request, reply) => {
      const { account_id, document_id } = request.params
      const document = await requireDocument(ctx, document_id as DocumentId, account_id as AccountId)
      return answerFile(ctx, request, reply, document)
    },
  )

  app.get(
    '/v1/documents/:document_id',
    { schema: { summary: 'Download a document by its id alone', tags, params: DocumentIdPath } },
    async (request, reply) => {
      const document = await requireDocument(ctx, request.params.document_id as DocumentId)
      return answerFile(ctx, request, reply, document)
    },
  )
}

async function requireDocument(
  { db }: BrokerContext,
  id: DocumentId,
  accountId?: AccountId,
): Promise<KeptDocument> {
  if (accountId !== undefined) await requireAccount(db, accountId)
  const document = await findDocument(db, id, accountId)
  if (document === undefined) throw new DocumentRejected('issued_document_not_found')
  return document
}

function answerFile(
  ctx: BrokerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  document: KeptDocument,
): FastifyReply {
  const wantsJson = /^\s*application\/json\b/i.test(request.headers.accept ?? '')
  return redirectToFile(
    ctx,
    request,
    reply,
    `/_files/documents/${document.id}.${formOf(document, wantsJson)}`,
  )
}

/** The source of `/_files/documents/<id>.<form>`. */
export async function findDocumentFile(ctx: BrokerContext, name: string): Promise<StoredFile | undefined> {
  const [, id, form] = /^([0-9a-f-]{36})\.(pdf|json)$/.exec(name) ?? []
  if (id === undefined) return undefined
  const found = await readDocumentBytes(ctx, id as DocumentId, form === 'json' ? 'json' : 'pdf')
  if (found === undefined) return undefined
  const { document, bytes } = found
  return {
    bytes,
    contentType: form === 'json' ? 'application/json; charset=utf-8' : 'application/pdf',
    fileName: `${document.type}-${document.date}.${form}`,
  }
}

function readFilter(query: ListDocumentsQuery) {
  const start = query.start ?? query.start_date
  const end = query.end ?? query.end_date
  const days = {
    start: start === undefined ? undefined : readDay(start),
    end: end === undefined ? undefined : readDay(end),
  }
  if (days.start && days.end && Temporal.PlainDate.compare(days.start, days.end) > 0) {
    throw new WireRefused(422, 40010001, 'start must not be after end')
  }
  return { ...days, types: readTypes(query.type) }
}

/** Everything but the JSON twin of each confirmation, which is only for those who ask for it. */
function readTypes(type: ListDocumentsQuery['type']): readonly DocumentType[] {
  if (type === undefined) return documentTypes.filter((known) => known !== 'trade_confirmation_json')
  return documentTypes.filter((known) => known === type)
}

function presentDocument({ id, type, subType, date }: IssuedDocument): DocumentBody {
  return {
    id,
    name: '',
    type,
    sub_type: subType === '1099-Comp' ? subType : '',
    date: date.toString(),
  }
}
