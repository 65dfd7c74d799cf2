import { agendaMigrations, type MigrationSource } from '@paddock/service'

export { type BankCheck, bankChecks } from './checks/bank-checks.ts'
export type { BankConfig } from './config.ts'
export { type BankServer, startBank } from './start-bank.ts'

/** What must be applied to the schema `bank` before it starts, in this order. */
export const bankMigrations: readonly MigrationSource[] = [
  agendaMigrations,
  { name: 'bank', folder: new URL('../migrations/', import.meta.url) },
]
