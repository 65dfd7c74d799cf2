import type { OAuthClientBody, OAuthCodeBody, OAuthGrantBody, OAuthTokenBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type OAuthClient = Open<OAuthClientBody>
export type OAuthCode = Open<OAuthCodeBody>
export type OAuthToken = Open<OAuthTokenBody>
/** What an end user has allowed an app, and how the app shows itself. */
export type OAuthGrant = OAuthGrantBody
export type OAuthClientQuery = { response_type?: 'code' | 'token'; redirect_uri?: string; scope?: string }

export function oauthCalls({ call }: Transport) {
  return {
    /** What to show an end user who is to decide about an app. */
    client: (clientId: string, query: OAuthClientQuery = {}, options?: CallOptions) =>
      call<OAuthClient>({
        method: 'GET',
        path: `/v1/oauth/clients/${encodeURIComponent(clientId)}`,
        query,
        options,
      }),

    /** A code that the app exchanges for its token. */
    authorize: (grant: OAuthGrant, options?: CallOptions) =>
      call<OAuthCode>({ method: 'POST', path: '/v1/oauth/authorize', body: grant, options }),

    /** The app's token, straight away. */
    token: (grant: OAuthGrant, options?: CallOptions) =>
      call<OAuthToken>({ method: 'POST', path: '/v1/oauth/token', body: grant, options }),

    revoke: (tokenId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: `/v1/oauth/token/${encodeURIComponent(tokenId)}`, options }),
  }
}
