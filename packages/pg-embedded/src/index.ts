export { findCluster } from './cluster-folder.ts'
export { DatabaseRefused, type DatabaseTrouble } from './database-refused.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  runningPostgres,
  startEmbeddedPostgres,
  wipeEmbeddedPostgres,
} from './embedded-postgres.ts'
export { startThrowAwayPostgres } from './throw-away.ts'
