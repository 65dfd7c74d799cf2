import type { Db as AnyDb, Tx as AnyTx } from '@paddock/service'
import type { DB } from './schema.ts'

export type Db = AnyDb<DB>
export type Tx = AnyTx<DB>
