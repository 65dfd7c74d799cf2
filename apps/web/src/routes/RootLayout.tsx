import { useSuspenseQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { configQuery } from '../api/session.ts'
import classes from './RootLayout.module.css'
import { SimulationStrip } from './SimulationStrip.tsx'

/** Around every page: the way past the navigation, and the word about simulated money. */
export function RootLayout() {
  const { data: config } = useSuspenseQuery(configQuery)
  return (
    <>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <SimulationStrip config={config} />
      <Outlet />
    </>
  )
}
