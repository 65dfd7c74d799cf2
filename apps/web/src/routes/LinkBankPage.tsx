import { Container, Stack } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { banksQuery } from '../api/banks.ts'
import { configQuery, meQuery } from '../api/session.ts'
import { isReadyAccount } from '../api/state-words.ts'
import { ConnectionProgress } from '../features/banking/ConnectionProgress.tsx'
import { LinkBank } from '../features/banking/LinkBank.tsx'
import { WhatIsShared } from '../features/banking/WhatIsShared.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { NotReadyNotice } from './NotReadyNotice.tsx'

export function LinkBankPage() {
  const search = useSearch({ from: '/customer/banks/link' })
  const { data: me } = useSuspenseQuery(meQuery)
  const { data: config } = useSuspenseQuery(configQuery)
  const [bankId, setBankId] = useState<string | undefined>()
  const navigate = useNavigate()
  const banks = useQuery({ ...banksQuery, refetchInterval: bankId === undefined ? false : 5_000 })
  const connected = banks.data?.find(({ id }) => id === bankId)
  const isReady = isReadyAccount(me?.account?.status)
  return (
    <Container size={480} px={0}>
      <PageHeading title="Link your bank" note="Through Link, the same window that your bank knows." />
      <Stack>
        <NotReadyNotice account={me?.account ?? null} />
        {connected !== undefined && (
          <ConnectionProgress
            bank={connected}
            onDeposit={() =>
              navigate({ to: '/transfer', search: { dir: 'deposit', ...nextOf(search.next) } })
            }
          />
        )}
        {connected === undefined && <WhatIsShared />}
        {connected === undefined && isReady && (
          <LinkBank
            scriptUrl={config.link_script_url}
            returnedTo={search.oauth_state_id === undefined ? undefined : window.location.href}
            onConnected={(bank) => setBankId(bank.id)}
          />
        )}
      </Stack>
    </Container>
  )
}

const nextOf = (next: string | undefined) => (next === undefined ? {} : { next })
