import { expect, test } from 'vitest'
import { brokerRulesOf } from './broker-rules.ts'
import { readSettings } from './settings.ts'

function feesWith(environment: Readonly<Record<string, string>>) {
  const read = readSettings(environment)
  return read.ok ? brokerRulesOf(read.settings).fees : read.problems
}

test('regulatory fees are those of the settings, by default the published ones', () => {
  expect(feesWith({})).toEqual({
    secPerMillionMinor: 20_60n,
    tafPerSharePico: 195_000_000n,
    tafMostMinor: 9_79n,
    catPerSharePico: 3_000_000n,
    cryptoPpm: 0n,
  })
  expect(feesWith({ PADDOCK_CRYPTO_FEE_BPS: '15.5' })).toMatchObject({ cryptoPpm: 1_550n })
  expect(feesWith({ PADDOCK_TAF_PER_SHARE_USD: '0', PADDOCK_CAT_PER_SHARE_USD: '0.0000265' })).toMatchObject({
    tafPerSharePico: 0n,
    catPerSharePico: 26_500_000n,
  })
})

test('a rate that is no amount is told with what is needed', () => {
  expect(feesWith({ PADDOCK_CAT_PER_SHARE_USD: '-1' })).toEqual([
    expect.stringContaining('dollars for each share such as 0.000195 are needed'),
  ])
})
