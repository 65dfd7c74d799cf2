import { announce, h, heading, icon, show } from '../dom.js'

/** The account is connected. */
export function showConnected({ institution, accounts, isUpdateMode, choseAgain, onFinish }) {
  const names = accounts.map(({ name, mask }) => `${name} ····${mask}`)
  const what = names.length <= 3 ? names.join(', ') : `${names.length} accounts`
  const finish = h('button', { type: 'button', class: 'primary', onclick: onFinish }, 'Finish')
  show([
    h(
      'div',
      { class: 'middle' },
      h('span', { class: 'seal', 'aria-hidden': 'true' }, icon('m5 12.5 4.5 4.5L19 7.5')),
      heading(titleOf(accounts, isUpdateMode, choseAgain)),
      h('p', { class: 'muted' }, `${what} at ${institution.name}`),
      waits(accounts) &&
        h('p', { class: 'muted' }, 'Small deposits will confirm the numbers within two business days.'),
    ),
    h('div', { class: 'actions' }, finish),
  ])
  announce(`Connected: ${what} at ${institution.name}`)
}

const waits = (accounts) =>
  accounts.some((account) => account.verification_status === 'pending_automatic_verification')

function titleOf(accounts, isUpdateMode, choseAgain) {
  if (accounts.every((account) => account.verification_status === 'manually_verified')) {
    return 'Your account is verified'
  }
  if (choseAgain) return 'Your choice of accounts is saved'
  return isUpdateMode ? 'Your connection works again' : 'Your account is connected'
}
