import { BrokerError } from '@paddock/broker-sdk'
import type { AccountId } from '../applications/brokerage-account.ts'
import type { PlatformContext } from '../context.ts'

/** Disconnects a bank account at the broker; one that is gone already is as good. */
export async function deleteRelationship(
  { broker }: PlatformContext,
  accountId: AccountId,
  relationshipId: string,
): Promise<void> {
  try {
    await broker.achRelationships.delete(accountId, relationshipId)
  } catch (error) {
    if (!(error instanceof BrokerError) || error.status !== 404) throw error
  }
}
