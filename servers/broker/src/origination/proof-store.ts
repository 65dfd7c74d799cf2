import type { Selectable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { RelationshipId } from '../ach/relationship.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { Proof, ProofMethod, ProofState } from './proof.ts'

const TABLE = 'ach_verifications'

type Cipher = Pick<BrokerContext, 'cipher'>
type Named = Pick<Proof, 'accountId' | 'relationshipId'>

const cell = (relationshipId: string) => ({ table: TABLE, column: 'amounts_cipher', rowId: relationshipId })

export async function insertProof(
  { cipher }: Cipher,
  tx: Tx,
  proof: Proof,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto(TABLE)
    .values({
      account_id: proof.accountId,
      relationship_id: proof.relationshipId,
      method: proof.method,
      state: proof.state,
      amounts_cipher:
        proof.method === 'PRENOTE'
          ? null
          : cipher.encrypt(proof.amounts.join(' '), cell(proof.relationshipId)),
      cutoff_at: proof.cutoffAt,
      provable_on: proof.provableOn,
      created_at: now,
      updated_at: now,
    })
    .execute()
}

export async function findProof({ cipher }: Cipher, db: Db, named: Named): Promise<Proof | undefined> {
  const row = await db
    .selectFrom(TABLE)
    .selectAll()
    .where('account_id', '=', named.accountId)
    .where('relationship_id', '=', named.relationshipId)
    .executeTakeFirst()
  return row === undefined ? undefined : toProof(cipher, row)
}

/** Those that a file may take: their cut-off has come and their bank still waits. */
export async function listDueProofs({ cipher }: Cipher, db: Db, now: Temporal.Instant): Promise<Proof[]> {
  const rows = await db
    .selectFrom(TABLE)
    .innerJoin('ach_relationships as bank', (join) =>
      join
        .onRef('bank.account_id', '=', `${TABLE}.account_id`)
        .onRef('bank.id', '=', `${TABLE}.relationship_id`),
    )
    .selectAll(TABLE)
    .where(`${TABLE}.state`, '=', 'REQUESTED')
    .where(`${TABLE}.cutoff_at`, '<=', now)
    .where('bank.status', 'in', ['QUEUED', 'PENDING'])
    .orderBy(`${TABLE}.account_id`)
    .orderBy(`${TABLE}.relationship_id`)
    .execute()
  return rows.map((row) => toProof(cipher, row))
}

export type ProofChange = {
  readonly state?: ProofState
  readonly tries?: number
  readonly cutoff_at?: Temporal.Instant
  readonly provable_on?: Temporal.PlainDate
  readonly expires_at?: Temporal.Instant
  readonly reason?: string
}

export async function updateProof(
  tx: Tx,
  { accountId, relationshipId }: Named,
  change: ProofChange,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable(TABLE)
    .set({ ...change, updated_at: now })
    .where('account_id', '=', accountId)
    .where('relationship_id', '=', relationshipId)
    .execute()
}

function toProof(cipher: BrokerContext['cipher'], row: Selectable<DB[typeof TABLE]>): Proof {
  const { amounts_cipher: amounts, relationship_id: relationshipId } = row
  return {
    accountId: row.account_id as AccountId,
    relationshipId: relationshipId as RelationshipId,
    method: row.method as ProofMethod,
    state: row.state as ProofState,
    amounts: amounts === null ? [] : cipher.decrypt(amounts, cell(relationshipId)).split(' ').map(BigInt),
    tries: row.tries,
    cutoffAt: row.cutoff_at,
    provableOn: row.provable_on,
    expiresAt: row.expires_at ?? undefined,
  }
}
