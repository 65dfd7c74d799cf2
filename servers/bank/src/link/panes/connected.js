import { announce, h, heading, icon, show } from '../dom.js'

/** The account is connected. */
export function showConnected({ institution, accounts, isUpdateMode, onFinish }) {
  const names = accounts.map(({ name, mask }) => `${name} ····${mask}`)
  const what = names.length <= 3 ? names.join(', ') : `${names.length} accounts`
  const finish = h('button', { type: 'button', class: 'primary', onclick: onFinish }, 'Finish')
  show([
    h(
      'div',
      { class: 'middle' },
      h('span', { class: 'seal', 'aria-hidden': 'true' }, icon('m5 12.5 4.5 4.5L19 7.5')),
      heading(isUpdateMode ? 'Your connection works again' : 'Your account is connected'),
      h('p', { class: 'muted' }, `${what} at ${institution.name}`),
    ),
    h('div', { class: 'actions' }, finish),
  ])
  announce(`Connected: ${what} at ${institution.name}`)
}
