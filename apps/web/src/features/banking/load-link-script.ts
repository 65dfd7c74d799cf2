/** The address that react-plaid-link looks for; it cannot be configured in any version. */
const EXPECTED_URL = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js'

const loading = new Map<string, Promise<void>>()

/**
 * Loads the Link script of the configured bank server, once. When it is not Plaid's own, an inert tag with
 * the expected address follows: react-plaid-link finds it, takes the script for loaded, and uses the
 * `window.Plaid` that ours has defined.
 */
export function loadLinkScript(url: string): Promise<void> {
  const known = loading.get(url)
  if (known !== undefined) return known
  const loaded = url === EXPECTED_URL ? Promise.resolve() : loadOther(url)
  loading.set(url, loaded)
  loaded.catch(() => loading.delete(url))
  return loaded
}

function loadOther(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.async = true
    script.onload = () => {
      if (document.querySelector(`script[src="${EXPECTED_URL}"]`) === null) {
        const inert = document.createElement('script')
        inert.type = 'text/x-link-local'
        inert.src = EXPECTED_URL
        document.head.append(inert)
      }
      resolve()
    }
    script.onerror = () => {
      script.remove()
      reject(new Error('the Link script did not load'))
    }
    document.head.append(script)
  })
}
