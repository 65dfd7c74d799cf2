/**
 * Link for web pages: defines `window.Plaid.create` as the vendor's script does, so that its React package
 * and its samples work unchanged (contracts/plaid/link.md). The dialog itself is a page of the bank server
 * in an iframe; the two talk by messages whose origins both sides check.
 */
;(() => {
  if (window.Plaid !== undefined) {
    console.warn('Link was loaded more than once. The first copy stays in use.')
    return
  }

  const bankOrigin = new URL(document.currentScript.src).origin
  const PAGE = '/link/v2/stable/link.html'
  const SOURCE = 'paddock-link'
  const START_TIMEOUT_MS = 15_000
  /** The handler whose dialog is on the page; there is room for one. */
  let openHandler = null

  // Called without `this` by the React package.
  function create(config) {
    let dialog = null
    let ready = false
    let openWhenReady = false
    let destroyed = false
    const handler = {}

    const loading = setTimeout(() => {
      ready = true
      config.onLoad?.()
      if (openWhenReady) open()
    }, 0)

    function open() {
      if (destroyed || dialog !== null) return
      if (!ready) {
        openWhenReady = true
        return
      }
      if (openHandler !== null) {
        console.warn('Link is already open.')
        return
      }
      if (typeof config.token !== 'string' || config.token === '') {
        setTimeout(() => end(() => config.onExit?.(invalidToken(), exitMetadata())), 0)
        return
      }
      openHandler = handler
      dialog = showDialog(config, {
        onEvent: (name, metadata) => config.onEvent?.(name, metadata),
        onSuccess: (publicToken, metadata) => end(() => config.onSuccess?.(publicToken, metadata)),
        onExit: (error, metadata) => end(() => config.onExit?.(error, metadata)),
      })
    }

    function exit(options) {
      openWhenReady = false
      if (dialog === null) return
      if (options?.force === true) {
        const { session } = dialog
        end(() => config.onExit?.(null, exitMetadata(session)))
      } else {
        dialog.askToExit()
      }
    }

    /** Removes the dialog before telling the app, which may destroy this handler from its callback. */
    function end(tell) {
      remove()
      if (!destroyed) tell()
    }

    function remove() {
      dialog?.remove()
      dialog = null
      if (openHandler === handler) openHandler = null
    }

    function destroy() {
      destroyed = true
      clearTimeout(loading)
      remove()
    }

    function submit() {
      if (!destroyed) config.onEvent?.('LAYER_NOT_AVAILABLE', { timestamp: new Date().toISOString() })
    }

    return Object.assign(handler, { open, exit, submit, destroy })
  }

  /** Puts the dialog on the page and makes everything else inert until `remove`. */
  function showDialog(config, callbacks) {
    const opener = document.activeElement
    const session = { institution: null, status: null, link_session_id: '' }
    const frame = document.createElement('iframe')
    frame.src = `${bankOrigin}${PAGE}?origin=${encodeURIComponent(window.location.origin)}`
    frame.title = 'Link your bank account'
    Object.assign(frame.style, {
      position: 'fixed',
      inset: '0',
      width: '100%',
      height: '100%',
      border: '0',
      margin: '0',
      zIndex: '2147483647',
      background: 'transparent',
      // Without the same scheme as the page inside, the browser would paint it an opaque ground.
      colorScheme: colorScheme(),
    })

    const send = (message) => frame.contentWindow?.postMessage({ source: SOURCE, ...message }, bankOrigin)
    const failing = setTimeout(
      () => callbacks.onExit(notReachable(), exitMetadata(session)),
      START_TIMEOUT_MS,
    )

    function receive({ origin, source, data }) {
      if (origin !== bankOrigin || source !== frame.contentWindow || data?.source !== SOURCE) return
      switch (data.type) {
        case 'ready':
          clearTimeout(failing)
          send({ type: 'start', token: config.token, colorScheme: colorScheme() })
          break
        case 'session':
          Object.assign(session, data.session)
          break
        case 'event':
          callbacks.onEvent(data.name, data.metadata)
          break
        case 'success':
          callbacks.onSuccess(data.publicToken, data.metadata)
          break
        case 'exit':
          callbacks.onExit(data.error, data.metadata)
          break
      }
    }

    window.addEventListener('message', receive)
    const release = holdBackground()
    document.body.append(frame)
    frame.focus()

    return {
      session,
      askToExit: () => send({ type: 'ask-to-exit' }),
      remove() {
        clearTimeout(failing)
        window.removeEventListener('message', receive)
        frame.remove()
        release()
        if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
      },
    }
  }

  /** The rest of the page can neither be reached nor scrolled while the dialog is there. */
  function holdBackground() {
    const held = [...document.body.children].filter((element) => !element.inert)
    for (const element of held) element.inert = true
    const { overflow } = document.documentElement.style
    document.documentElement.style.overflow = 'hidden'
    return () => {
      for (const element of held) element.inert = false
      document.documentElement.style.overflow = overflow
    }
  }

  /** An app that has chosen a scheme gets Link in it; otherwise the person's system decides. */
  function colorScheme() {
    const chosen = getComputedStyle(document.documentElement).colorScheme
    return chosen === 'light' || chosen === 'dark' ? chosen : 'light dark'
  }

  function exitMetadata(session = {}) {
    return {
      institution: session.institution ?? null,
      status: session.status ?? null,
      link_session_id: session.link_session_id ?? '',
      request_id: randomId(),
    }
  }

  /** Apps keep it in a column with a unique key, so that it may never repeat. */
  function randomId() {
    const letters = [...crypto.getRandomValues(new Uint8Array(15))]
    return letters.map((byte) => (byte % 36).toString(36)).join('')
  }

  function invalidToken() {
    return {
      error_type: 'INVALID_INPUT',
      error_code: 'INVALID_LINK_TOKEN',
      error_message: 'no link_token was given',
      display_message: null,
    }
  }

  function notReachable() {
    return {
      error_type: 'API_ERROR',
      error_code: 'INTERNAL_SERVER_ERROR',
      error_message: 'the Link page did not load',
      display_message: 'The bank connection could not be opened. Try again in a moment.',
    }
  }

  window.Plaid = { create }
})()
