import {
  OauthDecideRequest,
  OauthDecideResponse,
  OauthPageRequest,
  OauthPageResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { decideOauth, describeOauth } from '../link-sessions/oauth.ts'
import type { HttpApp } from './http-app.ts'
import { call } from './link-call.ts'
import { presentChoice, presentLinkInstitution } from './present-link.ts'

/** The calls of a bank's own page, where people sign in by OAuth (contracts/plaid/link.md §4). */
export function serveOauthPage(app: HttpApp, ctx: BankContext): void {
  call(
    app,
    'page',
    OauthPageRequest,
    OauthPageResponse,
    async ({ oauth_state_id }) => {
      const { token, institution, offer } = await describeOauth(ctx, oauth_state_id)
      return {
        client_name: token.request.clientName,
        institution: presentLinkInstitution(institution),
        products: [...token.request.products],
        selection: offer.selection,
        accounts: offer.choices.map(presentChoice),
      }
    },
    'oauth',
  )

  call(
    app,
    'decide',
    OauthDecideRequest,
    OauthDecideResponse,
    async ({ oauth_state_id, account_keys }) => ({
      return_to: (await decideOauth(ctx, oauth_state_id, account_keys)).returnTo,
    }),
    'oauth',
  )
}
