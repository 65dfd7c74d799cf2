/** How a transfer ends that asks for it, as in the vendor's older sandbox (contracts/alpaca/transfers.md §4). */
const transferFixtures = [
  'QUEUED',
  'APPROVAL_PENDING',
  'PENDING',
  'REJECTED',
  'CANCELED',
  'RETURNED',
  'APPROVED',
] as const

export const APPLY_TRANSFER_FIXTURE = 'apply-transfer-fixture'

export type TransferFixture = (typeof transferFixtures)[number]

const FIXTURE = /\/fixtures\/status=([A-Z_]+)\/fixtures\//

/** The word of a fixture somewhere in a text, such as a nickname or the name of a bank. */
export const findFixture = (text: string): string | undefined => FIXTURE.exec(text)?.[1]

/** Reads `/fixtures/status=RETURNED/fixtures/`; nothing when the text is something else. */
export function readTransferFixture(text: string): TransferFixture | undefined {
  const isAlone = text.trim().replace(FIXTURE, '') === ''
  const wanted = isAlone ? findFixture(text) : undefined
  return transferFixtures.find((fixture) => fixture === wanted)
}

/** Fixtures that leave the transfer where they put it: no file ever takes it. */
export const stays = (fixture: TransferFixture | undefined) => fixture === 'QUEUED' || fixture === 'PENDING'
