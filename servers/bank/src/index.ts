import type { MigrationSource } from '@paddock/service'

export type { BankConfig } from './config.ts'
export { type BankServer, startBank } from './start-bank.ts'

/** The tables of schema `bank`. */
export const bankMigrations: MigrationSource = {
  name: 'bank',
  folder: new URL('../migrations/', import.meta.url),
}
