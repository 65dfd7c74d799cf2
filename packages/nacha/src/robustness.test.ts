import fc from 'fast-check'
import { expect, test } from 'vitest'
import { otherClasses } from '../test/other-classes.ts'
import { answerFile, ccdBatch, fileOf, original, ppdBatch, webBatch } from '../test/sample.ts'
import { describeFact } from './describe.ts'
import { explainLine } from './explain.ts'
import { factsOf } from './facts.ts'
import type { Finding } from './file.ts'
import { readAchFile, readAchStream } from './read-file.ts'
import { AchReader } from './reader.ts'
import { renderAchFile } from './render-file.ts'
import { repairAchFile } from './repair-file.ts'

const texts = [
  fileOf(webBatch, ppdBatch, ccdBatch),
  answerFile('WEB', { addenda: [{ kind: 'return', code: 'R01', ...original }] }),
  ...otherClasses().map(({ text }) => text),
]
const encoder = new TextEncoder()

/** Everything that a stranger's file is put through; none of it may throw. */
function putThrough(bytes: Uint8Array): void {
  for (const mode of ['strict', 'tolerant'] as const) {
    const { file, findings, valid } = readAchFile(bytes, { mode })
    expect(valid).toBe(!findings.some(({ severity }) => severity === 'error'))
    for (const fact of factsOf(file)) describeFact(fact)
  }
  const repair = repairAchFile(bytes)
  if (repair.text === undefined) return
  for (const line of repair.text.split('\n').slice(0, -1)) expect(line).toMatch(/^[\x20-\x7e]{94}$/)
}

test('random bytes are not valid and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      putThrough(bytes)
      expect(readAchFile(bytes, { mode: 'strict' }).valid).toBe(false)
    }),
    { numRuns: 150 },
  )
})

test('random digits, which look like ACH, never throw', () => {
  const line = fc.string({ unit: fc.constantFrom(...'0123456789 RC'), minLength: 94, maxLength: 94 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('1', '5', '6', '7', '8', '9'), line), { maxLength: 30 }),
      (lines) => {
        putThrough(encoder.encode(lines.map(([type, rest]) => type + rest.slice(1)).join('\n')))
      },
    ),
    { numRuns: 150 },
  )
})

const damage = fc.tuple(
  fc.constantFrom('cut', 'drop', 'put', 'twice'),
  fc.nat(),
  fc.nat({ max: 120 }),
  fc.uint8Array({ maxLength: 5 }),
)

test('damaged files never throw, and damage within a control is always found', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      (text, blows) => {
        let bytes = encoder.encode(text)
        for (const [kind, place, length, put] of blows) {
          const at = place % bytes.length
          const head = [...bytes.slice(0, at)]
          const tail = [...bytes.slice(at)]
          if (kind === 'cut') bytes = Uint8Array.from(head)
          if (kind === 'drop') bytes = Uint8Array.from([...head, ...tail.slice(length)])
          if (kind === 'put') bytes = Uint8Array.from([...head, ...put, ...tail.slice(put.length)])
          if (kind === 'twice') bytes = Uint8Array.from([...head, ...tail.slice(0, length), ...tail])
          if (bytes.length === 0) break
        }
        putThrough(bytes)
      },
    ),
    { numRuns: 300 },
  )
})

test('a digit that changes in an amount, a hash, a total or a count never goes unseen', () => {
  const text = texts[0] ?? ''
  const places = [
    [3, 30, 39],
    [3, 4, 11],
    [4, 5, 44],
    [6, 30, 39],
    [12, 2, 55],
  ] as const
  for (const [line, from, to] of places) {
    for (let column = from; column <= to; column += 1) {
      const at = (line - 1) * 95 + column - 1
      const other = text[at] === '7' ? '8' : '7'
      const { valid } = readAchFile(text.slice(0, at) + other + text.slice(at + 1), { mode: 'tolerant' })
      const isBlockCount = line === 12 && column >= 8 && column <= 13
      expect(valid, `line ${line}, column ${column}`).toBe(isBlockCount)
    }
  }
})

test('it does not matter in which pieces the bytes come', async () => {
  const joined = texts.join('').replace('IRIS CALLOWAY', 'ÍRIS CALLOWÁY')
  const variants = [joined, joined.replaceAll('\n', '\r\n'), joined.replaceAll('\n', '')]
  for (const text of variants) {
    const bytes = encoder.encode(text)
    const whole = readAchFile(bytes, { mode: 'strict' })
    for (const size of [1, 7, 94, 1_000, 4_096]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      )
      const findings: Finding[] = []
      const stream = readAchStream(pieces, { mode: 'strict' })
      let step = await stream.next()
      for (; step.done !== true; step = await stream.next()) {
        if (step.value.kind === 'finding') findings.push(step.value.finding)
      }
      expect(step.value.totals).toEqual(whole.totals)
      expect(findings).toEqual(whole.findings)
    }
  }
})

test('any valid file is written back to the byte', () => {
  for (const text of texts) {
    for (const mode of ['strict', 'tolerant'] as const) {
      expect(renderAchFile(readAchFile(text, { mode }).file)).toBe(text)
    }
    expect(repairAchFile(text)).toMatchObject({ text, findings: [], remaining: [] })
  }
})

test('a line that never ends is dropped, not kept', () => {
  const reader = new AchReader({ mode: 'strict' })
  const start = encoder.encode(fileOf(webBatch).slice(0, 94 * 2 + 2))
  reader.push(start)
  const chunk = new Uint8Array(1 << 20).fill(65)
  for (let times = 0; times < 64; times += 1) reader.push(chunk)
  const items = reader.end()
  expect(reader.isValid).toBe(false)
  expect(items.length).toBeLessThan(20)
})

test('every column of a line is explained, with what stands in it', () => {
  for (const text of texts) {
    const secCode = text.slice(95 + 50, 95 + 53)
    for (const line of text.trimEnd().split('\n')) {
      const explained = explainLine(line, secCode)
      expect(explained).toBeDefined()
      if (explained === undefined || explained.layout === 'filler') continue
      expect(explained.columns.map(({ raw }) => raw).join('')).toBe(line)
    }
  }
  expect(explainLine('hello')).toBeUndefined()
})
