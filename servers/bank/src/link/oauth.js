import { BankError, callBank } from './bank.js'
import { disc, h, heading, show } from './dom.js'
import { showAccounts } from './panes/accounts.js'
import { showFailure } from './panes/failure.js'
import { showLoading } from './panes/loading.js'

/** The page of a bank that signs people in by OAuth. The sandbox takes any login. */
const stateId = new URLSearchParams(window.location.search).get('oauth_state_id') ?? ''
const call = (name, body = {}) => callBank(name, { oauth_state_id: stateId, ...body }, 'oauth')

begin()

async function begin() {
  showLoading('Opening your bank…')
  try {
    const visit = await call('page')
    document.title = visit.institution.name
    document.querySelector('#bank').textContent = visit.institution.name
    document.body.style.setProperty('--bank', visit.institution.primary_color)
    signIn(visit)
  } catch (error) {
    failed(error)
  }
}

function signIn(visit) {
  const { institution, client_name: app } = visit
  const field = (id, label, type, autocomplete) =>
    h('div', { class: 'field' }, h('label', { for: id }, label), h('input', { id, type, autocomplete }))
  const onsubmit = (event) => {
    event.preventDefault()
    if (visit.selection === 'none') decide([])
    else choose(visit)
  }
  show([
    h('div', { class: 'at-bank' }, disc(institution), heading('Sign in')),
    h('p', { class: 'muted' }, `${app} asks to see accounts that you have with us.`),
    h(
      'form',
      { onsubmit },
      field('username', 'Customer number', 'text', 'username'),
      field('password', 'Password', 'password', 'current-password'),
      h('button', { type: 'submit', class: 'primary' }, 'Sign in'),
      refusal(),
    ),
    h('p', { class: 'hint' }, 'Sandbox: leave both empty, or type anything.'),
  ])
}

function choose(visit) {
  const { institution, client_name: app } = visit
  showAccounts({
    institution,
    offer: visit,
    title: `What may ${app} see?`,
    action: 'Share and return',
    more: refusal(),
    onContinue: (chosen) => decide(chosen.map((account) => account.account_key)),
  })
}

function refusal() {
  return h('button', { type: 'button', class: 'quiet', onclick: () => decide(null) }, 'Do not share')
}

async function decide(keys) {
  showLoading('One moment…')
  try {
    const { return_to: returnTo } = await call('decide', { account_keys: keys })
    if (returnTo !== null) {
      window.location.replace(returnTo)
      return
    }
    show([
      h(
        'div',
        { class: 'middle' },
        heading(keys === null ? 'Nothing was shared' : 'That is all here'),
        h('p', { class: 'muted' }, 'You can close this window. The app goes on in the other one.'),
      ),
    ])
    window.close()
  } catch (error) {
    failed(error)
  }
}

function failed(error) {
  if (!(error instanceof BankError)) throw error
  showFailure({ error, next: 'Close', onContinue: () => window.close() })
}
