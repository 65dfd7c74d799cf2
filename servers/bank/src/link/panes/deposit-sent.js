import { announce, h, heading, icon, show } from '../dom.js'
import { statementLine } from './code.js'

/** Nothing more can be done now: the deposit has to arrive first. */
export function showDepositSent({ institution, account, clientName, onFinish }) {
  const where = `${account.name} ····${account.mask} at ${institution.name}`
  show([
    h(
      'div',
      { class: 'middle' },
      h(
        'span',
        { class: 'seal', 'aria-hidden': 'true' },
        icon('M12 7v5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z'),
      ),
      heading('A deposit is on its way'),
      h('p', { class: 'muted' }, `$0.01 arrives at ${where} within one business day.`),
      statementLine(),
      h(
        'p',
        { class: 'muted' },
        `Its description begins with three letters. Come back to ${clientName} with them to finish.`,
      ),
    ),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'primary', onclick: onFinish }, 'Done'),
    ),
  ])
  announce(`A deposit of one cent is on its way to ${where}`)
}
