import { BankError } from './bank.js'
import { leavePane } from './dom.js'
import { hearHost, tellHost } from './host.js'
import { showAccounts } from './panes/accounts.js'
import { showConnected } from './panes/connected.js'
import { showConsent } from './panes/consent.js'
import { showCredentials } from './panes/credentials.js'
import { showExit } from './panes/exit.js'
import { showFailure } from './panes/failure.js'
import { showInstitutions } from './panes/institutions.js'
import { showLoading } from './panes/loading.js'
import { failureFacts, Session } from './session.js'

const back = document.querySelector('#back')
const close = document.querySelector('#close')

let session
/** The pane to return to when the person decides not to leave. */
let showAgain = () => undefined
let goBack
let onClose = askToExit
/** The exit question is on; what arrives meanwhile waits behind it. */
let asking = false
let leaving = false

hearHost({
  start: ({ token, colorScheme }) => {
    document.documentElement.style.colorScheme = colorScheme
    if (session === undefined) start(token)
  },
  'ask-to-exit': () => onClose(),
})
back.addEventListener('click', () => goBack?.())
close.addEventListener('click', () => onClose())
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  // In a search field with text, Escape is the browser's way to empty it.
  const empties = event.target.type === 'search' && event.target.value !== ''
  if (!empties) onClose()
})
tellHost({ type: 'ready' })

async function start(token) {
  session = new Session(token)
  turnTo('LOADING', () => showLoading('Opening Link…'), { silent: true })
  try {
    const started = await session.start()
    session.tell('OPEN', { view_name: started.is_update_mode ? 'CREDENTIAL' : 'CONSENT' })
    if (started.is_update_mode) credentials(started.institution)
    else consent(started)
  } catch (error) {
    await failed(error)
  }
}

function consent(started) {
  turnTo('CONSENT', () => showConsent({ started, onContinue: () => institutions(started) }))
}

function institutions(started, query = '') {
  session.at(null, null)
  turnTo(
    'SELECT_INSTITUTION',
    () =>
      showInstitutions({
        session,
        query,
        onSearch: (text) => {
          query = text
          session.tell('SEARCH_INSTITUTION', { institution_search_query: text })
        },
        onSelect: (institution) => select(institution, () => institutions(started, query)),
        onFailure: (error) => failed(error),
      }),
    { back: () => consent(started) },
  )
}

async function select(institution, toList) {
  session.at(institution, 'requires_credentials')
  session.tell('SELECT_INSTITUTION')
  try {
    await session.call('institution', { institution_id: institution.institution_id })
    credentials(institution, toList)
  } catch (error) {
    await failed(error, toList)
  }
}

function credentials(institution, toList, problem) {
  session.at(institution, 'requires_credentials')
  turnTo(
    'CREDENTIAL',
    () =>
      showCredentials({
        institution,
        problem,
        isUpdateMode: session.isUpdateMode,
        onSubmit: (login) => signIn(institution, toList, login),
      }),
    { back: toList },
  )
}

async function signIn(institution, toList, login) {
  session.tell('SUBMIT_CREDENTIALS')
  turnTo('LOADING', () => showLoading(`Signing in at ${institution.name}…`))
  try {
    const offer = await session.call('credentials', login)
    if (offer.selection === 'none') await finish(institution, [], toList)
    else accounts(institution, offer, toList)
  } catch (error) {
    if (error instanceof BankError && mayTryAgain(error)) {
      session.tell('ERROR', failureFacts(error))
      credentials(institution, toList, { username: login.username, text: error.facts.display_message })
    } else {
      await failed(error, toList)
    }
  }
}

/** Wrong words at the bank are mended where they were typed. */
function mayTryAgain({ facts }) {
  const mendable = ['INVALID_CREDENTIALS', 'INSUFFICIENT_CREDENTIALS', 'INVALID_UPDATED_USERNAME']
  return mendable.includes(facts.error_code) || facts.error_code === 'INVALID_FIELD'
}

function accounts(institution, offer, toList) {
  session.at(institution, 'requires_account_selection')
  turnTo(
    'SELECT_ACCOUNT',
    () =>
      showAccounts({
        institution,
        offer,
        onContinue: (chosen) => {
          for (const { mask } of chosen) session.tell('SELECT_ACCOUNT', { account_number_mask: mask })
          const keys = chosen.map((account) => account.account_key)
          return finish(institution, keys, toList)
        },
      }),
    { back: () => credentials(institution, toList) },
  )
}

async function finish(institution, keys, toList) {
  turnTo('LOADING', () => showLoading('Connecting your account…'), { mayLeave: false })
  try {
    const result = await session.call('finish', { account_keys: keys })
    connected(institution, result)
  } catch (error) {
    await failed(error, toList)
  }
}

function connected(institution, result) {
  session.at(institution, null)
  const done = () => {
    if (leaving) return
    leaving = true
    session.succeed(result.public_token, result.metadata)
  }
  const { accounts } = result.metadata
  asking = false
  turnTo('CONNECTED', () => showConnected({ institution, accounts, onFinish: done }))
  // The account is connected: closing the dialog now is finishing it.
  onClose = done
}

/** Shows what went wrong. A token that is over cannot be mended here: the app has to ask for another. */
async function failed(error, toList) {
  if (!(error instanceof BankError)) throw error
  session.tell('ERROR', failureFacts(error))
  if (error.facts.error_code === 'INVALID_LINK_TOKEN') {
    await session.exit(error)
    return
  }
  const next = toList === undefined ? 'Close' : 'Choose another bank'
  const goOn = toList ?? (() => session.exit(error))
  turnTo('ERROR', () => showFailure({ error, next, onContinue: goOn }))
}

function askToExit() {
  if (leaving || asking) return
  if (session === undefined) {
    leaving = true
    tellHost({
      type: 'exit',
      error: null,
      metadata: { institution: null, status: null, link_session_id: '' },
    })
    return
  }
  asking = true
  const before = showAgain
  const putBack = leavePane()
  const onStay = () => {
    asking = false
    onClose = askToExit
    back.hidden = goBack === undefined
    // What was typed and chosen is still there, unless the pane has changed meanwhile.
    if (showAgain === before) putBack()
    else showAgain()
  }
  session.tell('TRANSITION_VIEW', { view_name: 'EXIT' })
  onClose = onStay
  back.hidden = true
  showExit({
    onStay,
    onLeave: () => {
      if (leaving) return
      leaving = true
      session.exit()
    },
  })
}

/** Puts a pane on and remembers how to show it again. */
function turnTo(view, showPane, { back: onBack, silent = false, mayLeave = true } = {}) {
  if (leaving) return
  if (!silent) session.tell('TRANSITION_VIEW', { view_name: view })
  goBack = onBack
  showAgain = showPane
  if (asking) return
  onClose = mayLeave ? askToExit : () => undefined
  back.hidden = onBack === undefined
  showPane()
}
