import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
// Which version this is, the bundle says (test/e2e/support/react-host.ts).
import * as reactPlaidLink from 'react-plaid-link'

/** A small app around Link, as the vendor's samples write it, in StrictMode. */
const heard = { success: [] as unknown[], exits: [] as unknown[], events: [] as string[] }
const page = window as unknown as { heard: typeof heard; linkToken: string }
page.heard = heard

const config = {
  onSuccess: (publicToken: string, metadata: unknown) => heard.success.push({ publicToken, metadata }),
  onExit: (error: unknown, metadata: unknown) => heard.exits.push({ error, metadata }),
  onEvent: (name: string) => heard.events.push(name),
}

function ConnectButton() {
  const { open, ready, error } = reactPlaidLink.usePlaidLink({
    ...config,
    token: page.linkToken,
    ...(location.search.startsWith('?oauth_state_id=') && { receivedRedirectUri: location.href }),
  } as never)
  return (
    <button type="button" disabled={!ready} onClick={() => open()}>
      {error ? 'Link did not load' : 'Connect a bank'}
    </button>
  )
}

function App() {
  const [shown, setShown] = useState(true)
  const Embedded = (reactPlaidLink as Partial<typeof reactPlaidLink>).PlaidEmbeddedLink
  const embeds = location.hash === '#embedded' && Embedded !== undefined
  return (
    <>
      <h1>An app</h1>
      <button type="button" onClick={() => setShown(!shown)}>
        {shown ? 'Hide' : 'Show'}
      </button>
      {shown && !embeds && <ConnectButton />}
      {shown && embeds && (
        <Embedded
          {...(config as object as { onSuccess: never })}
          token={page.linkToken}
          className="embedded"
        />
      )}
    </>
  )
}

const root = document.querySelector('#root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
