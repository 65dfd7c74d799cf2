import { BankError, callBank } from './bank.js'
import { h, heading, show } from './dom.js'
import { showFailure } from './panes/failure.js'
import { showLoading } from './panes/loading.js'

/** Link on a page of ours: opens it at once, and goes on to the app's address when it ends. */
const token = window.location.hash.slice(1)

begin()

async function begin() {
  showLoading('Opening Link…')
  try {
    open(await callBank('hosted', { link_token: token }))
  } catch (error) {
    if (!(error instanceof BankError)) throw error
    showFailure({ error, next: 'Close', onContinue: () => window.close() })
  }
}

function open({ client_name: app, completion_redirect_uri: goOn }) {
  const handler = window.Plaid.create({
    token,
    onSuccess: () => ended('Your bank is connected', `You can close this page. ${app} goes on.`),
    onExit: () => ended('Nothing was connected', 'You can close this page, or start again.', begin),
  })
  handler.open()

  function ended(title, text, again) {
    handler.destroy()
    if (goOn !== null) {
      window.location.assign(goOn)
      return
    }
    const restart = h('button', { type: 'button', class: 'primary', onclick: again }, 'Start again')
    show([
      h('div', { class: 'middle' }, heading(title), h('p', { class: 'muted' }, text)),
      ...(again === undefined ? [] : [h('div', { class: 'actions' }, restart)]),
    ])
  }
}
