import type { MigrationSource } from './db/migrate.ts'

export { Agenda, type AgendaOptions, type DueTable, type JobHandler } from './agenda/agenda.ts'
export { cancelJob, type Job, scheduleJob } from './agenda/schedule.ts'
export { type DatabaseOptions, type Db, isUniqueViolation, openDatabase, type Tx } from './db/database.ts'
export {
  type MigrateOptions,
  type MigrationProblem,
  MigrationRefused,
  type MigrationSource,
  migrate,
  readMigrations,
} from './db/migrate.ts'
export { pipelined } from './db/pipelined.ts'
export { type Cell, FieldCipher } from './field-cipher.ts'
export type { ClientError, PresentClientError } from './http/client-error.ts'
export { type BodyProblem, BodyRefused } from './http/json-body.ts'
export { listen, PortRefused } from './http/port.ts'
export { type ReadinessPart, serveReadiness } from './http/readiness.ts'
export { type ApiDescription, describeRoutes, type RouteFacts, serveReference } from './http/reference.ts'
export { createHttpServer, type HttpServer, type HttpServerOptions } from './http/server.ts'
export { ClockRefused, type Due, type Happening, WorldClock, type WorldClockOptions } from './world-clock.ts'

/** The agenda's table, for the servers that have one. */
export const agendaMigrations: MigrationSource = {
  name: 'agenda',
  folder: new URL('../migrations/', import.meta.url),
}
