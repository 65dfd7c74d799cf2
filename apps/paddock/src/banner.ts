import { demoKeys, type Settings } from './settings.ts'
import type { Stack } from './stack.ts'

/** What a person needs once everything runs; the first line is a promise to programs. No secret is shown. */
export function banner(settings: Settings, stack: Stack): string {
  const { platform, broker, bank } = stack.urls
  const rows: [string, string | undefined][] = [
    ['Customer app', platform],
    ['Platform API', platform && `${platform}/api`],
    ['API reference', (platform ?? broker) && `${platform ?? broker}/reference`],
    ['Broker API', broker && `${broker}    key ${demoKeys.broker.key} / ${demoKeys.broker.secret}`],
    ['Plaid API', bank && `${bank}    key ${demoKeys.bank.clientId} / ${demoKeys.bank.secret}`],
    ['Broker', settings.PADDOCK_BROKER === 'alpaca' ? `Alpaca (${settings.APCA_ENV})` : undefined],
    ['Bank', settings.PADDOCK_BANK === 'plaid' ? `Plaid (${settings.PLAID_ENV})` : undefined],
    [
      'Data',
      settings.DATABASE_URL === undefined ? settings.PADDOCK_DATA_DIR : 'the database of DATABASE_URL',
    ],
  ]
  const lines = rows
    .filter((row): row is [string, string] => row[1] !== undefined)
    .map(([label, value]) => `  ${label.padEnd(14)}${value}`)
  const urls = [platform, broker, bank].filter((url) => url !== undefined).join('  ')
  const simulated = broker !== undefined || bank !== undefined
  return [
    `\nPaddock is ready  ${urls}\n`,
    ...lines,
    simulated ? '\n  Simulated market and banks: no real money.' : '',
    '  Ctrl-C stops everything; the data stays.',
  ].join('\n')
}
