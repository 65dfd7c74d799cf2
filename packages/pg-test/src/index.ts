export { freshDatabase, type TestDatabase } from './fresh-database.ts'
export { freshFolder } from './fresh-folder.ts'
