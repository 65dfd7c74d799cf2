import { paneAfter } from './after-failure.js'
import { BankError } from './bank.js'
import { hearHost, hostOrigin, tellHost } from './host.js'
import { numbersFlow } from './numbers-flow.js'
import { showAccounts } from './panes/accounts.js'
import { showConnected } from './panes/connected.js'
import { showConsent } from './panes/consent.js'
import { showCredentials } from './panes/credentials.js'
import { showDepositSent } from './panes/deposit-sent.js'
import { showFailure } from './panes/failure.js'
import { showInstitutions } from './panes/institutions.js'
import { showLoading } from './panes/loading.js'
import { showMfa } from './panes/mfa.js'
import { showOauth, showWaiting } from './panes/oauth.js'
import { showRecaptcha } from './panes/recaptcha.js'
import { failureFacts, Session } from './session.js'
import { Stage } from './stage.js'

const POLL_MS = 800

let session
const stage = new Stage(() => session)
const numbers = numbersFlow({ stage, currentSession: () => session, finish, failed })

if (hostOrigin === window.location.origin) document.body.classList.add('hosted')
hearHost({
  start: ({ colorScheme, ...begin }) => {
    document.documentElement.style.colorScheme = colorScheme
    if (session === undefined) start(begin)
  },
  'ask-to-exit': () => stage.close(),
})
tellHost({ type: 'ready' })

/** Begins at the consent, in an embedded list, with the bank that was chosen there, or after a bank's own page. */
async function start({ token, embedded = false, silent = false, chosen, receivedRedirectUri = null }) {
  session = new Session(token)
  if (chosen !== undefined) {
    session.continueWith(chosen.started)
    await goOnWith(chosen)
    return
  }
  if (embedded) standInPage()
  if (!embedded) stage.turnTo('LOADING', () => showLoading('Opening Link…'), { silent: true })
  try {
    const stateId = receivedRedirectUri === null ? null : stateIdOf(receivedRedirectUri)
    const started = await session.start(stateId)
    if (stateId !== null) return await afterBankPage(started)
    const first = embedded ? 'SELECT_INSTITUTION' : 'CONSENT'
    if (!silent) session.tell('OPEN', { view_name: started.is_update_mode ? firstPaneOf(started) : first })
    if (started.typed !== null) await typed(started)
    else if (started.is_update_mode) signInAt(started.institution)
    else if (embedded) institutions(started, { embedded: true })
    else consent(started)
  } catch (error) {
    await failed(error)
  }
}

/** Inside the app's page this is no dialog: only the list, which a dialog follows. */
function standInPage() {
  document.body.classList.add('embedded')
  const frame = document.querySelector('#dialog')
  frame.setAttribute('role', 'region')
  frame.removeAttribute('aria-modal')
}

function stateIdOf(address) {
  const stateId = URL.parse(address)?.searchParams.get('oauth_state_id') ?? null
  if (stateId !== null) return stateId
  console.error('receivedRedirectUri has no oauth_state_id. Give the whole address of the page, not encoded.')
  throw new BankError({
    error_type: 'INVALID_REQUEST',
    error_code: 'INVALID_FIELD',
    error_message: 'receivedRedirectUri must be the address of the page with its oauth_state_id',
    display_message: 'The way back from your bank was lost. Start again.',
  })
}

function firstPaneOf({ institution, typed }) {
  if (typed !== null) return typed.deposit === null ? 'LOADING' : 'SAME_DAY_MICRODEPOSIT_AUTHORIZED'
  return institution.oauth ? 'OAUTH' : 'CREDENTIAL'
}

/** From a list inside the app's page: a bank, or no bank but numbers. */
function goOnWith({ started, institution }) {
  if (institution !== null) return select(institution, { consentFirst: started })
  consent(started, () => numbers.routing(started, () => goOnWith({ started, institution })))
}

/** Update mode of an item that was linked by numbers: there is no login to repair, only a code to type. */
function typed({ institution, typed: { deposit } }) {
  if (deposit === null) return finish(institution, [])
  numbers.code(institution, deposit)
}

function consent(started, onContinue = () => afterConsent(started)) {
  stage.turnTo('CONSENT', () => showConsent({ started, onContinue }))
}

function afterConsent(started) {
  if (started.by_hand?.offered_first !== true) return institutions(started)
  numbers.chooseType({
    onInstant: () => institutions(started),
    onManual: () => numbers.routing(started, () => afterConsent(started)),
    back: () => consent(started),
  })
}

function institutions(started, { query = '', country = '', embedded = false } = {}) {
  session.at(null, null)
  const list = {
    session,
    query,
    embedded,
    country,
    countries: started.countries,
    onSearch: (text) => {
      query = text
      session.tell('SEARCH_INSTITUTION', { institution_search_query: text })
    },
    onCountry: (code) => {
      country = code
    },
    onSelect: (institution) =>
      embedded
        ? tellHost({ type: 'chosen', chosen: { started, institution } })
        : select(institution, { toList: () => institutions(started, { query, country }) }),
    onByHand:
      started.by_hand !== null &&
      (() =>
        embedded
          ? tellHost({ type: 'chosen', chosen: { started, institution: null } })
          : numbers.routing(started, () => institutions(started, { query, country }))),
    onFound: (count) => session.at(null, query !== '' && count === 0 ? 'institution_not_found' : null),
    onFailure: (error) => failed(error),
  }
  const isChosen = started.by_hand?.offered_first === true
  const back = embedded ? undefined : () => (isChosen ? afterConsent(started) : consent(started))
  stage.turnTo('SELECT_INSTITUTION', () => showInstitutions(list), { back })
}

async function select(institution, { toList, consentFirst }) {
  session.at(institution, institution.oauth ? 'requires_oauth' : 'requires_credentials')
  session.tell('SELECT_INSTITUTION')
  if (institution.health !== 'HEALTHY') session.tell(`SELECT_${institution.health}_INSTITUTION`)
  try {
    await session.call('institution', { institution_id: institution.institution_id })
    const goOn = () => signInAt(institution, toList)
    if (consentFirst === undefined) goOn()
    else consent(consentFirst, goOn)
  } catch (error) {
    await failed(error, toList)
  }
}

function signInAt(institution, toList) {
  if (institution.oauth) return oauth(institution, toList)
  return credentials(institution, toList)
}

/** A bank that signs people in on its own page: in a window of its own, or in place of the app. */
async function oauth(institution, toList) {
  session.at(institution, 'requires_oauth')
  let begun
  try {
    begun = await session.call('oauth-begin')
  } catch (error) {
    return failed(error, toList)
  }
  const { oauth_state_id: stateId, leaves_page: leavesPage } = begun
  const onOpen = () => {
    session.tell('OPEN_OAUTH')
    if (leavesPage) return tellHost({ type: 'leave', stateId })
    const bankWindow = window.open(`oauth.html?oauth_state_id=${stateId}`, '_blank', 'width=480,height=720')
    waitForBank(institution, toList, stateId, bankWindow)
  }
  stage.turnTo('OAUTH', () => showOauth({ institution, leavesPage, onOpen }), { back: toList })
}

async function waitForBank(institution, toList, stateId, bankWindow) {
  const again = () => {
    bankWindow?.close()
    oauth(institution, toList)
  }
  stage.turnTo('LOADING', () => showWaiting({ institution, onAgain: again }), {
    back: again,
  })
  try {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      if (session.status !== 'requires_oauth' || session.isOver) return
      const { decision, account_keys: keys } = await session.call('oauth-decision', {
        oauth_state_id: stateId,
      })
      if (decision === 'waiting') continue
      session.tell('CLOSE_OAUTH')
      return await decided(institution, toList, decision, keys)
    }
  } catch (error) {
    await failed(error, toList)
  }
}

/** The app's page was away meanwhile, and the session goes on in a new frame. */
async function afterBankPage(started) {
  const { institution, oauth: decision } = started
  session.at(institution, 'requires_oauth')
  const toList = started.is_update_mode ? undefined : () => institutions(started)
  session.tell('CLOSE_OAUTH')
  await decided(institution, toList, decision.decision, decision.account_keys)
}

async function decided(institution, toList, decision, keys) {
  if (decision === 'shared') return finish(institution, keys, toList)
  session.tell('FAIL_OAUTH')
  const facts = {
    error_type: 'ITEM_ERROR',
    error_code: 'INSUFFICIENT_CREDENTIALS',
    error_message: 'the user did not finish at the institution',
    display_message: `Nothing was shared: you did not finish at ${institution.name}.`,
  }
  await failed(new BankError(facts), toList)
}

function credentials(institution, toList, problem) {
  session.at(institution, 'requires_credentials')
  const { isUpdateMode } = session
  const onSubmit = (login) => signIn(institution, toList, login)
  stage.turnTo('CREDENTIAL', () => showCredentials({ institution, problem, isUpdateMode, onSubmit }), {
    back: toList,
  })
}

async function signIn(institution, toList, login) {
  session.tell('SUBMIT_CREDENTIALS')
  stage.turnTo('LOADING', () => showLoading(`Signing in at ${institution.name}…`))
  try {
    signedIn(institution, toList, await session.call('credentials', login))
  } catch (error) {
    if (error instanceof BankError && paneAfter(error.facts) === 'CREDENTIAL') {
      session.tell('ERROR', failureFacts(error))
      credentials(institution, toList, { username: login.username, text: error.facts.display_message })
    } else {
      await failed(error, toList)
    }
  }
}

/** What the bank wants after the password: one more step, a choice of accounts, or nothing. */
function signedIn(institution, toList, offer) {
  if (offer.mfa?.type === 'recaptcha') recaptcha(institution, toList)
  else if (offer.mfa !== null) mfa(institution, toList, offer.mfa)
  else if (offer.selection === 'none') finish(institution, [], toList)
  else accounts(institution, offer, toList)
}

function recaptcha(institution, toList) {
  const onSubmit = () => submitStep(institution, toList, ['checked'])
  stage.turnTo('RECAPTCHA', () => showRecaptcha({ institution, onSubmit }), {
    back: () => credentials(institution, toList),
  })
}

const mfaStatus = {
  device: 'choose_device',
  code: 'requires_code',
  questions: 'requires_questions',
  selections: 'requires_selections',
}

function mfa(institution, toList, step, problem) {
  session.at(institution, mfaStatus[step.type])
  const onSubmit = (answers) => {
    session.tell('SUBMIT_MFA', { mfa_type: step.type })
    submitStep(institution, toList, answers, (problem) => mfa(institution, toList, step, problem))
  }
  stage.turnTo('MFA', () => showMfa({ institution, step, problem, onSubmit }), {
    back: () => credentials(institution, toList),
    facts: { mfa_type: step.type },
  })
}

async function submitStep(institution, toList, answers, again) {
  stage.turnTo('LOADING', () => showLoading('Checking your answer…'))
  try {
    signedIn(institution, toList, await session.call('mfa', { answers }))
  } catch (error) {
    if (error instanceof BankError && paneAfter(error.facts) === 'MFA') {
      session.tell('ERROR', failureFacts(error))
      again(error.facts.display_message)
    } else {
      await failed(error, toList)
    }
  }
}

function accounts(institution, offer, toList) {
  session.at(institution, 'requires_account_selection')
  const onContinue = (chosen) => {
    for (const { mask } of chosen) session.tell('SELECT_ACCOUNT', { account_number_mask: mask })
    const keys = chosen.map((account) => account.account_key)
    if (!offer.asks_numbers) return finish(institution, keys, toList)
    const back = () => accounts(institution, offer, toList)
    return numbers.match(institution, chosen[0], { back, toList })
  }
  stage.turnTo('SELECT_ACCOUNT', () => showAccounts({ institution, offer, onContinue }), {
    back: () => credentials(institution, toList),
  })
}

async function finish(institution, keys, toList) {
  stage.turnTo('LOADING', () => showLoading('Connecting your account…'), { mayLeave: false })
  try {
    const result = await session.call('finish', { account_keys: keys })
    connected(institution, result, keys)
  } catch (error) {
    await failed(error, toList)
  }
}

function connected(institution, result, keys) {
  session.at(institution, null)
  const { accounts, account } = result.metadata
  const end = () => session.succeed(result.public_token, result.metadata)
  if (account.verification_status === 'pending_manual_verification') {
    const { clientName } = session
    const showPane = (onFinish) => showDepositSent({ institution, account, clientName, onFinish })
    return stage.turnToLast('SAME_DAY_MICRODEPOSIT_AUTHORIZED', showPane, end)
  }
  const { isUpdateMode } = session
  const choseAgain = isUpdateMode && keys.length > 0
  stage.turnToLast(
    'CONNECTED',
    (onFinish) => showConnected({ institution, accounts, isUpdateMode, choseAgain, onFinish }),
    end,
  )
}

/** Shows what went wrong. A token that is over cannot be mended here: the app has to ask for another. */
async function failed(error, toList) {
  if (!(error instanceof BankError)) throw error
  session.tell('ERROR', failureFacts(error))
  if (error.facts.error_code === 'INVALID_LINK_TOKEN') {
    await session.exit(error)
    return
  }
  const next = toList === undefined ? 'Return to the app' : 'Choose another bank'
  const goOn = toList ?? (() => session.exit(error))
  const { institution } = session
  stage.turnTo('ERROR', () => showFailure({ error, institution, next, onContinue: goOn }))
}
