import { VisuallyHidden } from '@mantine/core'
import type { PublicConfig } from '@paddock/platform-wire'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { clockQuery } from '../api/market.ts'
import { meQuery } from '../api/session.ts'
import { dateTimeInWords } from '../ui/time.ts'
import classes from './SimulationStrip.module.css'

function wordsFor(config: PublicConfig): string {
  if (config.broker === 'embedded' && config.bank === 'embedded')
    return 'Simulated market and banks — no real money'
  if (config.broker === 'embedded') return 'Simulated market, Plaid test banks — no real money'
  if (config.bank === 'embedded') return 'Alpaca sandbox, simulated banks — no real money'
  return 'Alpaca and Plaid sandboxes — no real money'
}

/** The time of the simulated world, where it has been moved away from the real one. */
function WorldClock() {
  const { data: me } = useQuery(meQuery)
  const { data: clock, dataUpdatedAt } = useQuery({ ...clockQuery, enabled: me != null })
  if (clock === undefined || Math.abs(Date.parse(clock.now) - dataUpdatedAt) < MOVED_MS) return null
  return <span>World clock: {dateTimeInWords(clock.now)}</span>
}

const MOVED_MS = 120_000

/** Always in view while money is not real; the opposite is said too, in another colour. */
export function SimulationStrip({ config }: { config: PublicConfig }) {
  if (!config.sandbox) {
    return (
      <aside className={classes.strip} data-live aria-label="Environment">
        Live: real money
      </aside>
    )
  }
  return (
    <aside className={classes.strip} aria-label="Environment">
      {wordsFor(config)}
      <WorldClock />
      <Link to="/" hash="simulated" className={classes.more}>
        Details
        <VisuallyHidden> on what is simulated</VisuallyHidden>
      </Link>
    </aside>
  )
}
