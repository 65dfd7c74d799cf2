import { Text, Title } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { configQuery, meQuery } from '../api/session.ts'
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
        <Title order={1} className={classes.headline}>
          From a bank account to a share, every step in view
        </Title>
        <Text c="dimmed" size="lg" maw={620}>
          A brokerage that you can run, read and trust: open an account, link a bank, deposit, invest. Exact
          amounts, exact dates, nothing done twice.
        </Text>
      </div>
      <StartCards hasDemo={config.demo} me={me ?? null} />
      <WhatIsSimulated config={config} />
    </PublicFrame>
  )
}
