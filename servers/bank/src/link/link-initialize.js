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
  const OAUTH_PAGE = '/link/v2/stable/oauth.html'
  const SOURCE = 'paddock-link'
  const VERSION = '2.0.0'
  const START_TIMEOUT_MS = 15_000
  /** The handler whose dialog is on the page; there is room for one. */
  let openHandler = null

  // Called without `this` by the React package.
  function create(config) {
    return createHandler(config)
  }

  /** `chosen` is the session and the bank of an embedded list; the dialog goes on from there. */
  function createHandler(config, chosen) {
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
      const { token, receivedRedirectUri = null } = config
      dialog = showDialog(chosen === undefined ? { token, receivedRedirectUri } : { token, chosen }, {
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

  /** The list of banks inside the app's page; choosing one opens the dialog above it. */
  function createEmbedded(config, element) {
    let handler = null
    let list = null
    let destroyed = false

    function showList(isFirst) {
      const begin = { token: config.token, embedded: true, silent: !isFirst }
      list = openFrame(element, 'Choose your bank', embeddedStyle, begin, {
        event: ({ name, metadata }) => config.onEvent?.(name, metadata),
        chosen: ({ chosen }) => openDialog(chosen),
        exit: ({ error, metadata }) => config.onExit?.(error, metadata),
        unreachable: () => config.onExit?.(notReachable(), exitMetadata()),
      })
    }

    function openDialog(chosen) {
      handler?.destroy()
      handler = createHandler(
        {
          ...config,
          onLoad: undefined,
          onSuccess: (publicToken, metadata) => over(() => config.onSuccess?.(publicToken, metadata)),
          onExit: (error, metadata) => over(() => config.onExit?.(error, metadata)),
        },
        chosen,
      )
      handler.open()
    }

    /** The session of the list ended with the dialog: the list begins another one. */
    function over(tell) {
      list.remove()
      if (!destroyed) showList(false)
      tell()
    }

    const loading = setTimeout(() => config.onLoad?.(), 0)
    showList(true)

    return {
      destroy() {
        destroyed = true
        clearTimeout(loading)
        handler?.destroy()
        list.remove()
      },
    }
  }

  const embeddedStyle = { width: '100%', height: '100%', minHeight: '300px', border: '0' }
  const dialogStyle = {
    position: 'fixed',
    inset: '0',
    width: '100%',
    height: '100%',
    border: '0',
    margin: '0',
    zIndex: '2147483647',
    background: 'transparent',
  }

  /** Puts the dialog on the page and makes everything else inert until `remove`. */
  function showDialog(begin, callbacks) {
    const opener = document.activeElement
    const session = { institution: null, status: null, link_session_id: '' }
    const release = holdBackground()
    const frame = openFrame(document.body, 'Link your bank account', dialogStyle, begin, {
      session: (message) => Object.assign(session, message.session),
      event: ({ name, metadata }) => callbacks.onEvent(name, metadata),
      success: ({ publicToken, metadata }) => callbacks.onSuccess(publicToken, metadata),
      exit: ({ error, metadata }) => callbacks.onExit(error, metadata),
      unreachable: () => callbacks.onExit(notReachable(), exitMetadata(session)),
      leave: ({ stateId }) => {
        const address = new URL(OAUTH_PAGE, bankOrigin)
        address.searchParams.set('oauth_state_id', stateId)
        window.location.assign(address)
      },
    })
    frame.focus()

    return {
      session,
      askToExit: () => frame.send({ type: 'ask-to-exit' }),
      remove() {
        frame.remove()
        release()
        // Embedded, the list that had the focus may be another one by now.
        if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
      },
    }
  }

  /** The bank's page in a frame of `parent`, begun with `begin`; its messages go to `handlers` by type. */
  function openFrame(parent, title, style, begin, handlers) {
    const frame = document.createElement('iframe')
    frame.src = `${bankOrigin}${PAGE}?origin=${encodeURIComponent(window.location.origin)}`
    frame.title = title
    // Without the same scheme as the page inside, the browser would paint it an opaque ground.
    const scheme = colorScheme(begin.embedded)
    Object.assign(frame.style, style, { colorScheme: scheme })
    const send = (message) => frame.contentWindow?.postMessage({ source: SOURCE, ...message }, bankOrigin)
    const failing = setTimeout(() => handlers.unreachable(), START_TIMEOUT_MS)

    function receive({ origin, source, data }) {
      if (origin !== bankOrigin || source !== frame.contentWindow || data?.source !== SOURCE) return
      if (data.type === 'ready') {
        clearTimeout(failing)
        send({ type: 'start', ...begin, colorScheme: scheme })
      } else if (Object.hasOwn(handlers, data.type)) {
        handlers[data.type](data)
      }
    }

    window.addEventListener('message', receive)
    parent.append(frame)
    return {
      send,
      focus: () => frame.focus(),
      remove() {
        clearTimeout(failing)
        window.removeEventListener('message', receive)
        frame.remove()
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

  /**
   * An app that has chosen a scheme gets Link in it; otherwise the person's system decides. Inside an app
   * that knows no schemes the list is light, as such an app is.
   */
  function colorScheme(embedded) {
    const chosen = getComputedStyle(document.documentElement).colorScheme
    if (embedded && chosen === 'normal') return 'light'
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

  window.Plaid = { create, createEmbedded, version: VERSION }
})()
