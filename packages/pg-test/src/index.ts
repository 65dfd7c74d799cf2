export { freshDatabase, type TestDatabase } from './fresh-database.ts'
