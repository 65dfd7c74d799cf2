import { announce, disc, h, heading, show } from '../dom.js'

/** The accounts at the bank: one or several may be chosen, and those that may not say why. */
export function showAccounts({
  institution,
  offer,
  onContinue,
  title = `Your accounts at ${institution.name}`,
  action = 'Continue',
  more,
}) {
  const one = offer.selection === 'one'
  const offered = offer.accounts.filter((account) => account.reason === null)
  const others = offer.accounts.filter((account) => account.reason !== null)
  const isEmpty = !offered.some((account) => account.shared)
  const next = h('button', { type: 'submit', class: 'primary', disabled: isEmpty }, action)
  const rows = offered.map((account) => ({ account, ...row(account, one) }))
  const chosen = () => rows.filter(({ input }) => input.checked).map(({ account }) => account)

  const form = h(
    'form',
    {
      class: 'tall',
      onchange: () => {
        next.disabled = chosen().length === 0
      },
      onsubmit: (event) => {
        event.preventDefault()
        next.disabled = true
        onContinue(chosen())
      },
    },
    h(
      'fieldset',
      {},
      h('legend', {}, one ? 'Which account will you use?' : 'Which accounts will you share?'),
      rows.map(({ element }) => element),
    ),
    others.length > 0 && rest(others),
    h('div', { class: 'actions' }, next),
  )
  show([h('div', { class: 'at-bank' }, disc(institution), heading(title)), form, more].filter(Boolean))
  announce(offered.length === 1 ? '1 account to choose from' : `${offered.length} accounts to choose from`)
}

function row(account, one) {
  const input = h('input', {
    type: one ? 'radio' : 'checkbox',
    name: 'account',
    value: account.account_key,
    checked: account.shared,
  })
  const element = h(
    'label',
    { class: 'account' },
    input,
    h(
      'span',
      {},
      h('span', { class: 'name' }, account.name),
      h('span', { class: 'note' }, describe(account)),
    ),
    balance(account),
  )
  return { input, element }
}

function rest(others) {
  const title = others.length === 1 ? '1 other account' : `${others.length} other accounts`
  return h(
    'details',
    {},
    h('summary', {}, `${title}, not for transfers`),
    others.map((account) =>
      h(
        'div',
        { class: 'account off' },
        h('input', { type: 'radio', disabled: true, 'aria-label': account.name }),
        h(
          'span',
          {},
          h('span', { class: 'name' }, account.name),
          h('span', { class: 'note small' }, `${describe(account)}. ${account.reason}`),
        ),
      ),
    ),
  )
}

const shortNames = { cd: 'CD', hsa: 'HSA', ira: 'IRA' }

function describe({ subtype, mask }) {
  const kind = shortNames[subtype] ?? `${subtype.charAt(0).toUpperCase()}${subtype.slice(1)}`
  return `${kind} ····${mask}`
}

function balance({ balance: amount, currency }) {
  if (amount === null) return null
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  // A decimal text is formatted exactly; a number would first become a fraction of two.
  return h('span', { class: 'balance' }, format.format(amount))
}
