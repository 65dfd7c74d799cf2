import { BankError, callBank } from './bank.js'
import { tellHost } from './host.js'

/** The opening of Link that this page shows: what is known, and the events it tells. */
export class Session {
  #token
  #id = null
  #waiting = []
  #telling = Promise.resolve()
  institution = null
  /** Where an exit would leave the person, in the vendor's words. */
  status = null
  isUpdateMode = false
  clientName = ''
  isOver = false

  constructor(token) {
    this.#token = token
  }

  /** Begins, or goes on with the session that a bank's own page was part of. */
  async start(stateId = null) {
    const started = await callBank('start', { link_token: this.#token, oauth_state_id: stateId })
    this.continueWith(started)
    return started
  }

  continueWith(started) {
    this.#id = started.link_session_id
    this.isUpdateMode = started.is_update_mode
    this.clientName = started.client_name
    this.at(started.institution, null)
    this.#flush()
  }

  call(name, body = {}) {
    return callBank(name, { link_token: this.#token, link_session_id: this.#id, ...body })
  }

  /** Notes how far the person has come; the host needs it if it closes Link by force. */
  at(institution, status) {
    this.institution = institution
    this.status = status
    tellHost({
      type: 'session',
      session: { institution: this.#linkedInstitution(), status, link_session_id: this.#id ?? '' },
    })
  }

  /** Tells an event to the host at once, and to the bank in the background, in order. */
  tell(name, facts = {}) {
    const metadata = {
      account_number_mask: null,
      error_type: null,
      error_code: null,
      error_message: null,
      exit_status: null,
      institution_id: this.institution?.institution_id ?? null,
      institution_name: this.institution?.name ?? null,
      institution_search_query: null,
      is_update_mode: String(this.isUpdateMode),
      match_reason: null,
      mfa_type: null,
      routing_number: null,
      selection: null,
      view_name: null,
      ...facts,
      timestamp: new Date().toISOString(),
      link_session_id: this.#id ?? '',
      request_id: randomId(),
    }
    tellHost({ type: 'event', name, metadata })
    this.#waiting.push({ event_name: name, event_metadata: told(metadata) })
    this.#flush()
  }

  async succeed(publicToken, metadata) {
    this.isOver = true
    this.tell('HANDOFF')
    await this.#told()
    tellHost({ type: 'success', publicToken, metadata })
  }

  /** Ends without an item. The host hears it even when the bank cannot. */
  async exit(error = null) {
    this.isOver = true
    const facts = error === null ? {} : failureFacts(error)
    this.tell('EXIT', { exit_status: this.status, ...facts })
    let requestId = randomId()
    if (this.#id !== null) {
      // The end is told with all that happened before it.
      await this.#told()
      try {
        const answer = await this.call('exit', { status: this.status, error: error?.facts ?? null })
        requestId = answer.request_id
      } catch (failure) {
        if (!(failure instanceof BankError)) throw failure
      }
    }
    tellHost({
      type: 'exit',
      error: error?.facts ?? null,
      metadata: {
        institution: this.#linkedInstitution(),
        status: this.status,
        link_session_id: this.#id ?? '',
        request_id: requestId,
      },
    })
  }

  /** Waits for the events on their way, but not for long: they are for support, not for the person. */
  #told() {
    return Promise.race([this.#telling, new Promise((resolve) => setTimeout(resolve, 1_000))])
  }

  #flush() {
    if (this.#id === null) return
    this.#telling = this.#telling.then(async () => {
      const events = this.#waiting.splice(0, 50)
      if (events.length > 0) await this.call('events', { events }).catch(() => undefined)
    })
  }

  #linkedInstitution() {
    if (this.institution === null) return null
    return { name: this.institution.name, institution_id: this.institution.institution_id }
  }
}

export function failureFacts({ facts }) {
  const { error_type, error_code, error_message } = facts
  return { error_type, error_code, error_message }
}

/** The bank keeps strings only, and only what there is. */
function told({ timestamp: _timestamp, link_session_id: _session, ...facts }) {
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => typeof value === 'string' && value !== '')
      .map(([key, value]) => [key, value.slice(0, 1_000)]),
  )
}

function randomId() {
  const letters = [...crypto.getRandomValues(new Uint8Array(15))]
  return letters.map((byte) => (byte % 36).toString(36)).join('')
}
