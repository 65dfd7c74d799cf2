import { z } from 'zod'
import type { BrokerContext } from '../context.ts'
import { findPaper } from './account-papers.ts'
import { findDocumentFile } from './documents.ts'
import type { BrokerRoutes } from './routes.ts'
import { isSigned } from './signed-url.ts'
import { WireRefused } from './wire-error.ts'

export type StoredFile = {
  readonly bytes: Buffer
  readonly contentType: string
  /** What a browser calls it when it saves it. */
  readonly fileName: string
}

/** Finds a file by what follows the source's name in the address. Nothing is checked here: the signature was. */
export type FileSource = (ctx: BrokerContext, id: string) => Promise<StoredFile | undefined>

/** Who has the bytes of `/_files/<name>/<id>`. */
const fileSources: Readonly<Record<string, FileSource>> = {
  documents: findDocumentFile,
  papers: findPaper,
}

const FilePath = z.object({ source: z.string(), '*': z.string() })

/** Files behind signed links: no keys, since a browser or a client that was redirected has none. */
export const fileRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_files/:source/*',
    { schema: { summary: 'Read a file by its signed link', tags: ['Documents'], params: FilePath } },
    async ({ params, url }, reply) => {
      if (!isSigned(ctx, url)) throw new WireRefused(403, 40310000, 'link is invalid or has expired')
      const find = Object.hasOwn(fileSources, params.source) ? fileSources[params.source] : undefined
      const file = await find?.(ctx, params['*'])
      if (file === undefined) throw new WireRefused(404, 40410000, 'file not found')
      return reply
        .headers({
          'content-type': file.contentType,
          'content-disposition': `attachment; filename="${asciiName(file.fileName)}"`,
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        })
        .send(file.bytes)
    },
  )
}

const asciiName = (name: string) => name.replace(/[^\w. -]/g, '_')
