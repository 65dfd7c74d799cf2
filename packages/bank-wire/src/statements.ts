import { z } from 'zod'
import { StatementsRange } from './link-token.ts'
import { Id, request, Token } from './request.ts'

export const StatementsListRequest = request({ access_token: Token })
export const StatementsDownloadRequest = request({ access_token: Token, statement_id: Id })
export const StatementsRefreshRequest = request({ access_token: Token, ...StatementsRange.shape })

export const StatementsListResponse = z.object({
  accounts: z.array(
    z.object({
      account_id: z.string(),
      account_mask: z.string(),
      account_name: z.string(),
      account_official_name: z.string(),
      account_subtype: z.string(),
      account_type: z.string(),
      statements: z.array(
        z.object({ statement_id: z.string(), date_posted: z.string(), month: z.int(), year: z.int() }),
      ),
    }),
  ),
  institution_id: z.string(),
  institution_name: z.string(),
  item_id: z.string(),
  request_id: z.string(),
})
