import { Text, Title } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { configQuery, meQuery } from '../api/session.ts'
import { ExampleDeposit } from '../features/identity/ExampleDeposit.tsx'
import { StartCards } from '../features/identity/StartCards.tsx'
import { WhatIsSimulated } from '../features/identity/WhatIsSimulated.tsx'
import classes from './LandingPage.module.css'
import { PublicFrame } from './PublicFrame.tsx'

export function LandingPage() {
  const { data: config } = useSuspenseQuery(configQuery)
  const { data: me } = useQuery(meQuery)
  return (
    <PublicFrame isWide>
      <title>Paddock</title>
      <div className={classes.claim}>
        <div className={classes.words}>
          <Title order={1}>From a bank account to a share, every step in view</Title>
          <Text c="dimmed" size="lg">
            A brokerage that you can run, read and trust: open an account, link a bank, deposit, invest. Exact
            amounts, exact dates, nothing twice.
          </Text>
        </div>
        <ExampleDeposit />
      </div>
      <StartCards hasDemo={config.demo} me={me ?? null} />
      <WhatIsSimulated config={config} />
    </PublicFrame>
  )
}
