import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import {
  AccountBody,
  AccountStatusEvent,
  AllPositionsBody,
  AssetBody,
  BatchJournalBody,
  CalendarDay,
  CanceledOrderRow,
  ClockBody,
  ClosedPositionRow,
  CreateAccountBody,
  CreateOrderBody,
  CreateTransferBody,
  FundingStatusEvent,
  JournalBody,
  OrderBody,
  PositionBody,
  RelationshipBody,
  TradeEventV1,
  TradingAccountBody,
  TransferBody,
  TransferStatusEvent,
} from './index.ts'

const reference = new URL('../../../../shared/reference/alpaca-broker-api.md', import.meta.url)
const isThere = existsSync(reference)

const shapes: Readonly<Record<string, z.ZodType>> = {
  'req=CreateAccountRequest': CreateAccountBody,
  'req=CreateACHTransferRequest': CreateTransferBody,
  'py=Account': AccountBody,
  'py=[Account]': AccountBody.array(),
  'py=TradeAccount': TradingAccountBody,
  'py=ACHRelationship': RelationshipBody,
  'py=[ACHRelationship]': RelationshipBody.array(),
  'py=[Transfer]': TransferBody.array(),
  'py=Clock': ClockBody,
  'py=[Calendar]': CalendarDay.array(),
  'req=MarketOrderRequest': CreateOrderBody,
  'req=LimitOrderRequest': CreateOrderBody,
  'py=Order': OrderBody,
  'py=[Journal]': JournalBody.array(),
  'py=[BatchJournalResponse]': BatchJournalBody.array(),
  'py=[CancelOrderResponse]': CanceledOrderRow.array(),
  'py=[Position]': PositionBody.array(),
  'py=AllAccountsPositions': AllPositionsBody,
  'py=[ClosePositionResponse]': ClosedPositionRow.array(),
  'py=[Asset]': AssetBody.array(),
  'sse=trade': TradeEventV1,
  'sse=account-status': AccountStatusEvent,
  'sse=transfer-v1': TransferStatusEvent,
  'sse=funding-v2': FundingStatusEvent,
}

/** The sample payloads that the vendor's own client was seen to parse, by the label of their fence. */
function readSamples(): [label: string, sample: string][] {
  const text = readFileSync(reference, 'utf8')
  return [...text.matchAll(/```json ((?:req|py|sse)=\S+)\n([\s\S]*?)```/g)].map((match) => [
    match[1] ?? '',
    match[2] ?? '',
  ])
}

test.skipIf(!isThere)(
  `the vendor's samples fit our shapes${isThere ? '' : ' (skipped: no reference files)'}`,
  () => {
    const samples = readSamples().filter(([label]) => label in shapes)
    expect(new Set(samples.map(([label]) => label))).toEqual(new Set(Object.keys(shapes)))
    for (const [label, sample] of samples) {
      const result = shapes[label]?.safeParse(JSON.parse(sample))
      expect(result?.error?.issues, label).toBeUndefined()
    }
  },
)
