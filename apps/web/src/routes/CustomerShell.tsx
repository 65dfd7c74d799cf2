import { Group } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useEffect, useSyncExternalStore } from 'react'
import { followEvents, liveState } from '../api/live.ts'
import { meQuery } from '../api/session.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { WaitingRows } from '../ui/Waiting.tsx'
import { Brand } from './Brand.tsx'
import classes from './CustomerShell.module.css'
import { SettingsMenu } from './SettingsMenu.tsx'

interface Place {
  to: '/home' | '/invest' | '/transfer' | '/transfers' | '/orders' | '/banks'
  name: string
  icon: IconName
}

const places: readonly Place[] = [
  { to: '/home', name: 'Home', icon: 'home' },
  { to: '/invest', name: 'Invest', icon: 'chart' },
  { to: '/transfer', name: 'Move money', icon: 'move' },
  { to: '/transfers', name: 'Transfers', icon: 'clock' },
  { to: '/orders', name: 'Orders', icon: 'list' },
]

/** Header, navigation and the live stream around every page of a signed-in person. */
export function CustomerShell() {
  const queryClient = useQueryClient()
  const { data: me } = useSuspenseQuery(meQuery)
  const isSignedIn = me !== null
  useEffect(() => (isSignedIn ? followEvents(queryClient) : undefined), [isSignedIn, queryClient])
  const { href } = useLocation()
  if (!isSignedIn) return <Navigate to="/signin" search={{ next: href }} />
  return (
    <>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Brand to="/home" />
          <nav aria-label="Main" className={classes.top}>
            {places.map(({ to, name }) => (
              <Link key={to} to={to} className={classes.place} activeOptions={{ includeSearch: false }}>
                {name}
              </Link>
            ))}
          </nav>
          <Group gap="xs" ml="auto" wrap="nowrap">
            <ReconnectingChip />
            <SettingsMenu me={me} />
          </Group>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        <Suspense fallback={<WaitingRows />}>
          <Outlet />
        </Suspense>
      </main>
      <nav aria-label="Tabs" className={classes.tabs}>
        {places.map(({ to, name, icon }) => (
          <Link key={to} to={to} className={classes.tab} activeOptions={{ includeSearch: false }}>
            <Icon name={icon} size={22} />
            {name}
          </Link>
        ))}
      </nav>
    </>
  )
}

function ReconnectingChip() {
  const state = useSyncExternalStore(liveState.subscribe, liveState.read)
  return (
    <span role="status">
      {state === 'reconnecting' && <span className={classes.reconnecting}>Reconnecting…</span>}
    </span>
  )
}
