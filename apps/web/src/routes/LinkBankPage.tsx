import { Container, Stack, Text } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { banksQuery, fundingBank } from '../api/banks.ts'
import { configQuery, meQuery } from '../api/session.ts'
import { isReadyAccount } from '../api/state-words.ts'
import { ConnectionProgress } from '../features/banking/ConnectionProgress.tsx'
import { LinkBank } from '../features/banking/LinkBank.tsx'
import { WhatIsShared } from '../features/banking/WhatIsShared.tsx'
import { TextLink } from '../ui/links.tsx'
import { Notice } from '../ui/Notice.tsx'
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
  const earlier = bankId === undefined && banks.data !== undefined ? fundingBank(banks.data) : undefined
  return (
    <Container size={480} px={0}>
      <PageHeading title="Link your bank" note="You sign in at your bank, in a window of its own." />
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
        {earlier && (
          <Notice tone="sky" title={`${earlier.institution_name} is connected already.`}>
            <Text size="sm">
              Money moves through one bank at a time. Remove it under{' '}
              <TextLink to="/banks" underline="always">
                Banks
              </TextLink>{' '}
              to connect another one.
            </Text>
          </Notice>
        )}
        {connected === undefined && isReady && earlier === undefined && (
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
