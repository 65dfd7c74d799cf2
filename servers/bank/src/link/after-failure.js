/** What is mended where it was typed; after everything else the person chooses a bank (contracts/plaid/link.md §3). */
const panes = {
  INVALID_CREDENTIALS: 'CREDENTIAL',
  INVALID_UPDATED_USERNAME: 'CREDENTIAL',
  INVALID_FIELD: 'CREDENTIAL',
  INVALID_MFA: 'MFA',
}

/** The pane that follows a refusal. */
export function paneAfter({ error_code: code }) {
  return panes[code] ?? 'SELECT_INSTITUTION'
}

/** Only the bank itself can help: the person is shown the way to its site. */
export function needsBankSite({ error_code: code }) {
  return ['ITEM_LOCKED', 'PASSWORD_RESET_REQUIRED', 'USER_SETUP_REQUIRED'].includes(code)
}
