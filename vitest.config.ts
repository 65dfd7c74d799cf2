import { defineConfig } from 'vitest/config'

const timeouts = { testTimeout: 30_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the cores that CI has: a worker often waits for its database.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'quick',
          include: ['tools/**/*.test.ts', '{packages,servers,apps}/*/src/**/*.test.{ts,tsx}'],
          ...timeouts,
        },
      },
      {
        test: {
          name: 'servers',
          include: ['{packages,servers,apps}/*/test/**/*.test.ts'],
          // A server's modules take longer to load than most files to run: they are loaded once a worker.
          isolate: false,
          globalSetup: ['packages/pg-test/src/cluster.ts'],
          ...timeouts,
        },
      },
      {
        test: { name: 'journeys', include: ['test/journeys/**/*.test.ts'], ...timeouts },
      },
      {
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/conformance/support/cluster.ts'],
          ...timeouts,
        },
      },
      {
        test: {
          name: 'fuzz',
          include: ['test/fuzz/**/*.test.ts'],
          globalSetup: ['packages/pg-test/src/cluster.ts'],
          ...timeouts,
          testTimeout: 1_800_000,
        },
      },
    ],
  },
})
