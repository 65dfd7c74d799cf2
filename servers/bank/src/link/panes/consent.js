import { h, heading, icon, show } from '../dom.js'

const lines = {
  accounts: {
    drawing: 'M4 10h16M6 10v8M12 10v8M18 10v8M3 21h18M12 3l9 5H3z',
    title: 'Account names and balances',
    text: 'So that you can recognise the account you choose.',
  },
  auth: {
    drawing: 'M4 8h13m0 0-4-4m4 4-4 4M20 16H7m0 0 4 4m-4-4 4-4',
    title: 'Account and routing numbers',
    text: 'To move money in and out when you ask for it.',
  },
  identity: {
    drawing: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM5 20c1-4 4-5 7-5s6 1 7 5',
    title: 'Name, address, phone and e-mail',
    text: 'To check that the account is yours.',
  },
  transactions: {
    drawing: 'M5 5h14M5 10h14M5 15h9M5 20h9',
    title: 'Transactions',
    text: 'To show your spending and income.',
  },
}

/** What will be shared, with whom, and how to take it back. */
export function showConsent({ started, onContinue }) {
  const { client_name: app, products } = started
  const shared = ['accounts', ...products.filter((product) => product in lines)]
  const next = h('button', { type: 'button', class: 'primary', onclick: onContinue }, 'Continue')
  show([
    heading(`${app} would like to connect to your bank`),
    h('p', { class: 'muted' }, `You choose the bank and the account. ${app} will see:`),
    h(
      'ul',
      { class: 'facts' },
      shared.map((product) => fact(lines[product])),
    ),
    h(
      'p',
      { class: 'muted small' },
      `${app} never sees your password. You can end the connection there at any time.`,
    ),
    h('div', { class: 'actions' }, next),
  ])
}

function fact({ drawing, title, text }) {
  return h(
    'li',
    {},
    icon(drawing),
    h('div', {}, h('strong', {}, title), h('span', { class: 'muted small' }, text)),
  )
}
