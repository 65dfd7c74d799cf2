const KEY = 'link_token'

/** An OAuth bank sends the browser back to a fresh page: Link must then open again with the same token. */
export const linkTokenStore = {
  read: () => localStorage.getItem(KEY),
  write: (token: string) => localStorage.setItem(KEY, token),
  clear: () => localStorage.removeItem(KEY),
}
