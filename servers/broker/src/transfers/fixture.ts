/** How a transfer ends that asks for it, as in the vendor's older sandbox (contracts/alpaca/transfers.md §4). */
export const transferFixtures = ['QUEUED', 'PENDING', 'REJECTED', 'CANCELED', 'RETURNED', 'APPROVED'] as const

export const APPLY_TRANSFER_FIXTURE = 'apply-transfer-fixture'

export type TransferFixture = (typeof transferFixtures)[number]

/** Reads `/fixtures/status=RETURNED/fixtures/`; nothing when the text is something else. */
export function readTransferFixture(text: string): TransferFixture | undefined {
  const wanted = /^\s*\/fixtures\/status=([A-Z]+)\/fixtures\/\s*$/.exec(text)?.[1]
  return transferFixtures.find((fixture) => fixture === wanted)
}

/** Fixtures that leave the transfer where they put it: no file ever takes it. */
export const stays = (fixture: TransferFixture | undefined) => fixture === 'QUEUED' || fixture === 'PENDING'
