import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,servers,apps,tools,test}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', 'test/e2e/**'],
    globalSetup: ['packages/pg-test/src/cluster.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
