import { Text, Title } from '@mantine/core'
import type { PublicConfig } from '@paddock/platform-wire'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import classes from './WhatIsSimulated.module.css'

const commands = [
  { command: 'npm start', does: 'Starts everything: database, bank, broker, platform, this page' },
  { command: 'npm start -- --fresh', does: 'The same on an empty data folder' },
  { command: 'npm test', does: 'Everything that CI runs' },
  { command: 'npm run verify', does: 'Checks that the books balance' },
] as const

function partsOf(config: PublicConfig) {
  const isOwnBroker = config.broker === 'embedded'
  return [
    {
      name: 'Market',
      value: isOwnBroker ? 'Simulated: prices are a seeded random walk' : "Alpaca's",
    },
    {
      name: 'Brokerage account and orders',
      value: isOwnBroker ? 'Simulated by our broker server, over the Broker API' : "Alpaca's Broker API",
    },
    {
      name: 'Banks and their log-ins',
      value: config.bank === 'embedded' ? 'Simulated by our bank server, over the Plaid API' : "Plaid's",
    },
    {
      name: 'ACH transfers',
      value: isOwnBroker ? 'Simulated, with real cut-offs and bank holidays' : "Alpaca's",
    },
    { name: 'Ledger, database, sign-in', value: 'Real, on this machine' },
  ]
}

/** What is real here and what is not, and how to run it oneself. */
export function WhatIsSimulated({ config }: { config: PublicConfig }) {
  return (
    <div className={classes.columns}>
      <section id="simulated" aria-labelledby="simulated-title">
        <Title order={2} id="simulated-title" mb="xs">
          What is simulated
        </Title>
        <Facts facts={partsOf(config)} />
      </section>
      <section aria-labelledby="run-title">
        <Title order={2} id="run-title" mb="xs">
          Run it yourself
        </Title>
        <ul className={classes.commands}>
          {commands.map(({ command, does }) => (
            <li key={command} className={classes.command}>
              <div>
                <code className={classes.code}>{command}</code>
                <Text size="sm" c="dimmed">
                  {does}
                </Text>
              </div>
              <CopyButton text={command} label={`Copy ${command}`} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
