import type * as service from '@paddock/service'
import type { DB } from './schema.ts'

export type Db = service.Db<DB>
export type Tx = service.Tx<DB>
