import { VisuallyHidden } from '@mantine/core'
import type { PublicConfig } from '@paddock/platform-wire'
import { Link } from '@tanstack/react-router'
import classes from './SimulationStrip.module.css'

function wordsFor(config: PublicConfig): string {
  if (config.broker === 'embedded' && config.bank === 'embedded')
    return 'Simulated market and banks — no real money'
  if (config.broker === 'embedded') return 'Simulated market, Plaid test banks — no real money'
  if (config.bank === 'embedded') return 'Alpaca sandbox, simulated banks — no real money'
  return 'Alpaca and Plaid sandboxes — no real money'
}

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
      <Link to="/" hash="simulated" className={classes.more}>
        Details
        <VisuallyHidden> on what is simulated</VisuallyHidden>
      </Link>
    </aside>
  )
}
