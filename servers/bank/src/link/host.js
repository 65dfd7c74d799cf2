const SOURCE = 'paddock-link'
/** The page that opened Link, as it says; a message to it is delivered only if that is true. */
export const hostOrigin = new URLSearchParams(window.location.search).get('origin') ?? window.location.origin

/** Sends a message to the page that opened Link. */
export function tellHost(message) {
  window.parent.postMessage({ source: SOURCE, ...message }, hostOrigin)
}

/** Hears the page that opened Link, and nobody else. */
export function hearHost(handlers) {
  window.addEventListener('message', ({ origin, source, data }) => {
    if (origin !== hostOrigin || source !== window.parent || data?.source !== SOURCE) return
    handlers[data.type]?.(data)
  })
}
