/**
 * Who may import whom among our packages: the whole policy. A package.json that asks for more, or an
 * import that its package.json does not declare, fails `tools/tidy.test.ts`.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  money: ['kernel'],
  calendar: ['kernel'],
  'ach-drop': ['kernel'],
  nacha: [],
  ledger: ['kernel', 'money'],
  'broker-wire': [],
  'bank-wire': [],
  'platform-wire': [],
  'broker-sdk': ['broker-wire'],
  service: ['kernel'],
  'pg-embedded': ['kernel'],
  'pg-test': ['service', 'pg-embedded'],
  bank: ['kernel', 'money', 'calendar', 'nacha', 'ach-drop', 'bank-wire', 'service'],
  broker: ['kernel', 'money', 'calendar', 'nacha', 'ach-drop', 'ledger', 'broker-wire', 'service'],
  platform: ['kernel', 'money', 'calendar', 'broker-sdk', 'platform-wire', 'service'],
  web: ['kernel', 'money', 'platform-wire'],
  paddock: [
    'kernel',
    'money',
    'ledger',
    'platform-wire',
    'pg-embedded',
    'service',
    'bank',
    'broker',
    'platform',
  ],
}

/** Vendors' clients stay behind one door each: only files below these folders may import them. */
export const vendorDoors: Readonly<Record<string, readonly string[]>> = {
  plaid: ['servers/platform/src/bank/', 'servers/broker/src/bank/'],
  '@paddock/broker-sdk': ['servers/platform/src/broker/'],
}

/** Files that may read the environment of the process. */
export const environmentReaders: readonly string[] = [
  'apps/paddock/src/settings.ts',
  'apps/paddock/src/main.ts',
  'apps/paddock/src/verify-command.ts',
  'apps/paddock/src/doctor-command.ts',
]

/** Product files that may ask the machine for the time: the clocks themselves and the makers of ids. */
export const timeReaders: readonly string[] = [
  'packages/kernel/src/id.ts',
  'packages/service/src/world-clock.ts',
  'apps/paddock/src/persisted-clock.ts',
  // Sessions and tokens live in real time, whatever the world's clock says.
  'servers/platform/src/index.ts',
  // Apps compare the age of a signature with their own clocks.
  'servers/bank/src/webhooks/signing-keys.ts',
  // A client that is told to wait waits in real time.
  'servers/broker/src/http/rate-limit.ts',
]
