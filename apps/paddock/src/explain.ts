import { DatabaseRefused } from '@paddock/pg-embedded'
import { MigrationRefused, PortRefused } from '@paddock/service'
import { StartRefused } from './start-refused.ts'

/** One clear message for a person: what is wrong and what to do about it. Unknown errors keep their own words. */
export function explain(error: unknown): string {
  if (error instanceof StartRefused) return String(error.details.message)
  if (error instanceof PortRefused) {
    const { host, port } = error.details
    return `Cannot listen on ${host}:${port} (${error.code.replaceAll('_', ' ')}). Stop what uses it, or choose another port in .env.`
  }
  if (error instanceof DatabaseRefused) return explainDatabase(error)
  if (error instanceof MigrationRefused) return explainMigration(error)
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function explainDatabase({ code, details }: DatabaseRefused): string {
  switch (code) {
    case 'data_folder_not_writable':
      return `The data folder cannot be used: ${details.reason}\nMake ${details.dataDir ?? details.cluster} writable, or set PADDOCK_DATA_DIR to another folder.`
    case 'data_folder_foreign':
      return `${details.cluster} holds something that Paddock did not make${details.reason ? ` (${details.reason})` : ''}. It is left alone.\nSet PADDOCK_DATA_DIR to another folder, or run "npm start -- --fresh" to wipe it.`
    case 'data_version_mismatch':
      return `${details.cluster} was made by PostgreSQL ${details.found}; this is ${details.needed}. It is left alone.\nSet PADDOCK_DATA_DIR to another folder, or run "npm start -- --fresh" to wipe it.`
    case 'data_folder_in_use':
      return `Another program runs a database on ${details.dataDir}. Stop it, or set PADDOCK_DATA_DIR to another folder.`
    case 'database_damaged':
      return `The database in ${details.cluster} does not start; it may be damaged. It is left as it is. Its last words:\n${details.log}\nRestore a copy, or run "npm start -- --fresh" to begin anew (all data is lost).`
    case 'platform_not_supported':
      return `There is no PostgreSQL for this machine in the npm registry (${details.package}). Set DATABASE_URL to a PostgreSQL 15 or newer.`
  }
}

function explainMigration({ code, details }: MigrationRefused): string {
  switch (code) {
    case 'foreign_database':
      return `The database has a schema "${details.schema}" that Paddock did not make. It is left alone.\nUse another database.`
    case 'migration_changed':
      return `The database was made by another version of Paddock: ${details.migration} has changed since.\nRun "npm start -- --fresh" to begin anew, or check out the version that made it.`
    case 'database_is_newer':
      return `The database was made by a newer version of Paddock (${details.migration} is unknown here).\nUpdate this clone, or run "npm start -- --fresh" to begin anew.`
  }
}
