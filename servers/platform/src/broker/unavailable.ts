import { BrokerError } from '@paddock/broker-sdk'

/** The broker was asked and gave no answer that says anything. */
export function isBrokerUnavailable(error: unknown): boolean {
  return error instanceof BrokerError && !error.isRefusal
}
