/** What an end user may allow an app, in the vendor's words (contracts/alpaca/oauth.md §3). */
export const oauthScopes = ['general', 'account:write', 'trading', 'data'] as const

export type OAuthScope = (typeof oauthScopes)[number]

/** Scopes are parted by spaces; nothing when one is unknown or none is given. */
export function readScopes(text: string): readonly OAuthScope[] | undefined {
  const words = text.split(/[ ,]+/).filter(Boolean)
  const isKnown = (word: string): word is OAuthScope => oauthScopes.some((scope) => scope === word)
  return words.length > 0 && words.every(isKnown) ? [...new Set(words.filter(isKnown))] : undefined
}
