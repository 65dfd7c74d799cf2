import { leavePane } from './dom.js'
import { tellHost } from './host.js'
import { showExit } from './panes/exit.js'

const back = document.querySelector('#back')
const close = document.querySelector('#close')

/** Which pane is on, the way back from it, and the question before leaving. */
export class Stage {
  #session = () => undefined
  /** The pane to return to when the person decides not to leave. */
  #showAgain = () => undefined
  #goBack
  #onClose = () => this.#askToExit()
  /** The exit question is on; what arrives meanwhile waits behind it. */
  #asking = false
  #leaving = false

  constructor(session) {
    this.#session = session
    back.addEventListener('click', () => this.#goBack?.())
    close.addEventListener('click', () => this.#onClose())
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      // In a search field with text, Escape is the browser's way to empty it.
      const empties = event.target.type === 'search' && event.target.value !== ''
      if (!empties) this.#onClose()
    })
  }

  close() {
    this.#onClose()
  }

  /** Puts a pane on and remembers how to show it again. */
  turnTo(view, showPane, { back: onBack, facts = {}, silent = false, mayLeave = true } = {}) {
    if (this.#leaving) return
    if (!silent) this.#session().tell('TRANSITION_VIEW', { view_name: view, ...facts })
    this.#goBack = onBack
    this.#showAgain = showPane
    if (this.#asking) return
    this.#onClose = mayLeave ? () => this.#askToExit() : () => undefined
    back.hidden = onBack === undefined
    showPane()
  }

  /** The last pane: the account is connected, so closing the dialog now is finishing it. */
  turnToLast(view, showPane, finish) {
    const done = () => {
      if (this.#leaving) return
      this.#leaving = true
      finish()
    }
    this.#asking = false
    this.turnTo(view, () => showPane(done))
    this.#onClose = done
  }

  #askToExit() {
    if (this.#leaving || this.#asking) return
    if (this.#session() === undefined) {
      this.#leaving = true
      const metadata = { institution: null, status: null, link_session_id: '' }
      tellHost({ type: 'exit', error: null, metadata })
      return
    }
    this.#asking = true
    const before = this.#showAgain
    const putBack = leavePane()
    const onStay = () => {
      this.#asking = false
      this.#onClose = () => this.#askToExit()
      back.hidden = this.#goBack === undefined
      // What was typed and chosen is still there, unless the pane has changed meanwhile.
      if (this.#showAgain === before) putBack()
      else this.#showAgain()
    }
    this.#session().tell('TRANSITION_VIEW', { view_name: 'EXIT' })
    this.#onClose = onStay
    back.hidden = true
    showExit({
      isUpdateMode: this.#session().isUpdateMode,
      onStay,
      onLeave: () => {
        if (this.#leaving) return
        this.#leaving = true
        this.#session().exit()
      },
    })
  }
}
