import { Button, Container, Group, Stack, Text } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { meQuery } from '../api/session.ts'
import { accountWord, isReadyAccount } from '../api/state-words.ts'
import { ApplicationTimeline } from '../features/application/ApplicationTimeline.tsx'
import { Facts } from '../ui/Facts.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { StateChip } from '../ui/StateChip.tsx'

export function ApplicationStatusPage() {
  const { data: me } = useSuspenseQuery(meQuery)
  const navigate = useNavigate()
  const status = me?.account?.status
  // The stream tells of a change; asking now and then covers the time while it is down.
  useQuery({ ...meQuery, refetchInterval: isReadyAccount(status) ? false : 5_000 })
  if (me === null) return null
  if (me.account === null) return <Navigate to="/apply" replace />
  const { account } = me
  const isReady = isReadyAccount(account.status)
  return (
    <Container size={480} px={0}>
      <PageHeading title="Your application" note="This page changes by itself." />
      <Stack>
        <Panel>
          <Group justify="space-between" mb="lg" role="status">
            <Text fw={600}>{account.given_name}</Text>
            <StateChip {...accountWord(account.status)} />
          </Group>
          <ApplicationTimeline account={account} />
        </Panel>
        <Panel>
          <Facts
            facts={[
              { name: 'Account number', value: account.account_number },
              ...(account.crypto_status === null
                ? []
                : [{ name: 'Crypto', value: accountWord(account.crypto_status).word }]),
            ]}
          />
        </Panel>
        <Group>
          <Button disabled={!isReady} onClick={() => navigate({ to: '/banks/link', search: {} })}>
            Link a bank
          </Button>
          {isReady ? (
            <Button variant="default" onClick={() => navigate({ to: '/home' })}>
              Go to Home
            </Button>
          ) : (
            <Text size="sm" c="dimmed">
              Possible as soon as the account is ready.
            </Text>
          )}
        </Group>
      </Stack>
    </Container>
  )
}
