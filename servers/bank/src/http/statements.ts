import { createHash } from 'node:crypto'
import {
  RequestIdResponse,
  StatementsDownloadRequest,
  StatementsListRequest,
  StatementsListResponse,
  StatementsRefreshRequest,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { meetFaults } from '../faults/meet-faults.ts'
import { BankRefused } from '../refusals.ts'
import { readRange } from '../statements/range.ts'
import { listStatements, printOneStatement, refreshStatements } from '../statements/statements.ts'
import { authenticate } from './authenticate.ts'
import type { HttpApp } from './http-app.ts'
import { operation, readCall } from './operation.ts'

/** Statements of accounts, month by month (contracts/plaid/statements.md). */
export function serveStatements(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/statements/list',
    { request: StatementsListRequest, response: StatementsListResponse },
    async ({ access_token }, { clientId }) => {
      const { item, institution, accounts } = await listStatements(ctx, {
        clientId,
        accessToken: access_token,
      })
      return {
        accounts: accounts.map(({ account, statements }) => ({
          account_id: account.id,
          account_mask: account.mask,
          account_name: account.name,
          account_official_name: account.officialName ?? account.name,
          account_subtype: account.subtype,
          account_type: account.type,
          statements: statements.map(({ id, month, postedOn }) => ({
            statement_id: id,
            date_posted: postedOn.toString(),
            month: month.month,
            year: month.year,
          })),
        })),
        institution_id: institution.id,
        institution_name: institution.name,
        item_id: item.id,
      }
    },
  )

  operation(
    app,
    ctx,
    '/statements/refresh',
    { request: StatementsRefreshRequest, response: RequestIdResponse },
    async ({ access_token, start_date, end_date }, { clientId }) => {
      const range = readRange({ start_date, end_date })
      if (range === null) throw new BankRefused('statements_range_missing')
      await refreshStatements(ctx, { clientId, accessToken: access_token }, range)
      return {}
    },
  )

  serveDownload(app, ctx)
}

const DOWNLOAD = '/statements/download'

/** Answers a file in place of an object, so that its request id is in the header only. */
function serveDownload(app: HttpApp, ctx: BankContext): void {
  app.route<{ Body: { access_token: string; statement_id: string } }>({
    method: 'POST',
    url: DOWNLOAD,
    schema: { body: StatementsDownloadRequest },
    preValidation: async (req) => {
      authenticate(ctx.clients, req)
    },
    handler: async (req, reply) => {
      const client = authenticate(ctx.clients, req)
      await meetFaults(ctx, readCall(DOWNLOAD, client, req.body))
      const { access_token: accessToken, statement_id } = req.body
      const { file, name } = await printOneStatement(
        ctx,
        { clientId: client.clientId, accessToken },
        statement_id,
      )
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('plaid-content-hash', createHash('sha256').update(file).digest('hex'))
        .send(file)
    },
  })
}
