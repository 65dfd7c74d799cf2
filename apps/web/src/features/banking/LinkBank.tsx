import { Button, Stack, Text } from '@mantine/core'
import type { Bank } from '@paddock/platform-wire'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type PlaidLinkError, type PlaidLinkOnSuccessMetadata, usePlaidLink } from 'react-plaid-link'
import { banksQuery, connectBank, createLinkToken } from '../../api/banks.ts'
import { describeProblem } from '../../api/problem-words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { ChooseAccount } from './ChooseAccount.tsx'
import { linkTokenStore } from './link-token-store.ts'
import { loadLinkScript } from './load-link-script.ts'

interface LinkBankProps {
  scriptUrl: string
  /** The address of this page when an OAuth bank has just sent the browser back to it. */
  returnedTo: string | undefined
  onConnected: (bank: Bank) => void
}

interface Linked {
  publicToken: string
  metadata: PlaidLinkOnSuccessMetadata
}

/** Link, then the choice of one account, then the exchange that connects it for funding. */
export function LinkBank({ scriptUrl, returnedTo, onConnected }: LinkBankProps) {
  const [linked, setLinked] = useState<Linked | undefined>()
  const [exit, setExit] = useState<PlaidLinkError | 'left' | undefined>()
  const queryClient = useQueryClient()
  const connect = useMutation({
    mutationFn: connectBank,
    async onSuccess(bank) {
      linkTokenStore.clear()
      await queryClient.invalidateQueries({ queryKey: banksQuery.queryKey })
      onConnected(bank)
    },
  })
  if (linked !== undefined) {
    return (
      <Stack>
        <ChooseAccount
          institution={linked.metadata.institution?.name ?? 'your bank'}
          accounts={linked.metadata.accounts}
          isConnecting={connect.isPending}
          onChosen={(accountId) => connect.mutate({ publicToken: linked.publicToken, accountId })}
        />
        {connect.error && (
          <Problem
            problem={describeProblem(connect.error)}
            onRetry={() => {
              connect.reset()
              setLinked(undefined)
            }}
          />
        )}
      </Stack>
    )
  }
  return (
    <Stack>
      {exit !== undefined && <ExitNotice exit={exit} />}
      <LinkOpener
        scriptUrl={scriptUrl}
        returnedTo={returnedTo}
        onLinked={(publicToken, metadata) => {
          setExit(undefined)
          setLinked({ publicToken, metadata })
        }}
        onLeft={(error) => setExit(error ?? 'left')}
      />
    </Stack>
  )
}

function ExitNotice({ exit }: { exit: PlaidLinkError | 'left' }) {
  if (exit === 'left') {
    return (
      <Notice tone="sky" title="You left before the bank was linked." isAlert>
        <Text size="sm">Nothing was shared. You can start again when you like.</Text>
      </Notice>
    )
  }
  return (
    <Notice tone="ember" title={exit.display_message || 'The bank could not be linked.'} isAlert>
      <Text size="sm">Nothing was shared. Try again or choose another bank.</Text>
      <Text size="xs" c="dimmed">
        Code {exit.error_code}
      </Text>
    </Notice>
  )
}

interface LinkOpenerProps {
  scriptUrl: string
  returnedTo: string | undefined
  onLinked: (publicToken: string, metadata: PlaidLinkOnSuccessMetadata) => void
  onLeft: (error: PlaidLinkError | null) => void
}

/** The button that opens Link: disabled, with the reason, until the script and the token are there. */
function LinkOpener({ scriptUrl, returnedTo, onLinked, onLeft }: LinkOpenerProps) {
  const script = useQuery({
    queryKey: ['link', 'script', scriptUrl],
    queryFn: async () => {
      await loadLinkScript(scriptUrl)
      return true
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const token = useQuery({
    queryKey: ['link', 'token', returnedTo ?? 'new'],
    queryFn: async () => {
      const kept = returnedTo === undefined ? null : linkTokenStore.read()
      if (kept !== null) return kept
      const { link_token: fresh } = await createLinkToken()
      linkTokenStore.write(fresh)
      return fresh
    },
    // A token opens Link once or twice within its half hour; each visit of the page asks for its own.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })
  if (script.error) {
    return (
      <Notice tone="ember" title="Link could not be loaded." isAlert>
        <Text size="sm">Nothing was shared. Check that the bank server is running at {scriptUrl}.</Text>
        <Button size="compact-sm" variant="default" onClick={() => script.refetch()}>
          Try again
        </Button>
      </Notice>
    )
  }
  if (token.error) return <Problem problem={describeProblem(token.error)} onRetry={() => token.refetch()} />
  if (script.data === undefined || token.data === undefined) return <WaitingButton />
  return (
    <OpenLinkButton
      token={token.data}
      returnedTo={returnedTo}
      onLinked={onLinked}
      onLeft={(error) => {
        if (error?.error_code === 'INVALID_LINK_TOKEN') token.refetch()
        onLeft(error)
      }}
    />
  )
}

function WaitingButton() {
  return (
    <div>
      <Button disabled>Link a bank</Button>
      <Text size="sm" c="dimmed" mt="xs" role="status">
        Preparing Link…
      </Text>
    </div>
  )
}

type OpenLinkButtonProps = Pick<LinkOpenerProps, 'returnedTo' | 'onLinked' | 'onLeft'> & { token: string }

function OpenLinkButton({ token, returnedTo, onLinked, onLeft }: OpenLinkButtonProps) {
  const { open, ready } = usePlaidLink({
    token,
    onSuccess: (publicToken, metadata) => {
      if (publicToken !== null) onLinked(publicToken, metadata)
    },
    onExit: onLeft,
    ...(returnedTo === undefined ? {} : { receivedRedirectUri: returnedTo }),
  })
  // Back from an OAuth bank: Link goes on by itself, as the customer expects.
  const goesOn = returnedTo !== undefined && ready
  useEffect(() => {
    if (goesOn) open()
  }, [goesOn, open])
  if (!ready) return <WaitingButton />
  return (
    <div>
      <Button onClick={() => open()}>Link a bank</Button>
    </div>
  )
}
