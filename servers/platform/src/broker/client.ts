import { type BrokerClient, createBrokerClient } from '@paddock/broker-sdk'
import type { BrokerSettings } from '../config.ts'

export type {
  AchRelationship,
  Asset,
  Bar,
  BatchJournal,
  BrokerClient,
  Journal,
  Order,
  Position,
  Snapshot,
  TradingAccount,
  Transfer,
} from '@paddock/broker-sdk'

export const BROKER_TIMEOUT_MS = 10_000

export function openBroker(settings: BrokerSettings): BrokerClient {
  const { baseUrl, dataUrl, key, secret, timeoutMs = BROKER_TIMEOUT_MS, fetch } = settings
  return createBrokerClient({
    baseUrl,
    dataUrl,
    key,
    secret,
    timeoutMs,
    ...(fetch === undefined ? {} : { fetch }),
  })
}
