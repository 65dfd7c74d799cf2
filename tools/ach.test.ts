import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from './run.ts'

const fixtures = path.join(root, 'packages/nacha/fixtures')
const good = path.join(fixtures, 'valid/web-ppd-and-ccd.ach')
const folder = mkdtempSync(path.join(tmpdir(), 'ach-'))
afterAll(() => rmSync(folder, { recursive: true }))

function ach(words: readonly string[], input?: string | Buffer) {
  const args = [path.join(root, 'tools/ach.ts'), ...words]
  const { INIT_CWD: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    input,
    cwd: root,
    env,
  })
  return { status, stdout, stderr }
}

function fileWith(name: string, content: string | Buffer): string {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

test('check prints one JSON line a file with these keys, and ends with 0 when all are valid', () => {
  const returned = path.join(fixtures, 'valid/web-return-r01.ach')
  const { status, stdout, stderr } = ach(['check', good, returned])
  expect([status, stderr]).toEqual([0, ''])
  const lines = stdout.split('\n')
  expect(lines).toHaveLength(3)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    file: good,
    valid: true,
    problems: [],
    batches: 3,
    entries: 3,
    debits: 82_550,
    credits: 8_800_001,
    returns: 0,
    corrections: 0,
  })
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ valid: true, entries: 1, returns: 1 })
})

test('check names each problem by line, field, rule and severity, and ends with 1', () => {
  const bad = fileWith('bad.ach', readFileSync(good, 'utf8').replace('0008240191', '0008240192'))
  const { status, stdout } = ach(['check', bad, good])
  expect(status).toBe(1)
  const [first = '', second = ''] = stdout.split('\n')
  expect(JSON.parse(first)).toMatchObject({ file: bad, valid: false, entries: 3 })
  expect(JSON.parse(first).problems[0]).toEqual({
    line: 4,
    field: 'entryHash',
    rule: '16-hash',
    severity: 'error',
    message: 'is 8240192, but the batch has 8240191',
  })
  expect(JSON.parse(second)).toMatchObject({ file: good, valid: true })
})

test('what cannot be read is a line of JSON too, and so is what comes in', () => {
  const { status, stdout, stderr } = ach(
    ['check', path.join(folder, 'none.ach'), folder, '-'],
    readFileSync(good),
  )
  expect([status, stderr]).toEqual([1, ''])
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answers.map(({ valid }) => valid)).toEqual([false, false, true])
  expect(answers[0].problems).toMatchObject([
    { line: 1, rule: 'unreadable', message: 'there is no such file' },
  ])
  expect(answers[1].problems).toMatchObject([{ rule: 'unreadable', message: 'it is a folder' }])
  expect(answers[2].file).toBe('-')
})

test.for([
  ['empty', '', '01-empty'],
  ['binary', Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256)), '01-not-ach'],
  ['two megabytes in one line', 'x'.repeat(2_000_000), '01-not-ach'],
] as const)('a file that is %s is one problem', ([name, content, rule]) => {
  const { status, stdout } = ach(['check', fileWith(name, content)])
  expect(status).toBe(1)
  expect(JSON.parse(stdout).problems).toMatchObject([{ line: 1, rule }])
})

test('show tells people what is in it without an account number', () => {
  const { status, stdout } = ach(['show', good])
  expect(status).toBe(0)
  expect(stdout).toContain('Take $412.75 from checking ····9938 of IRIS CALLOWAY on 3 Mar 2026.')
  expect(stdout).toContain('Together 3 entries in 3 batches: $825.50 taken, $88,000.01 paid.')
  expect(stdout).toContain('The file is valid.')
  expect(stdout).not.toContain('0071429938')
})

test('fix writes the file that was meant, out or to a file, and says beside it what it put right', () => {
  const text = readFileSync(good, 'utf8')
  const trimmed = fileWith('trimmed.ach', text.replace(/ +$/gm, '').replace(/^9{94}\n/gm, ''))
  const out = ach(['fix', trimmed])
  expect([out.status, out.stdout]).toEqual([0, text])
  expect(out.stderr).toContain('line 12, record: has 55 characters instead of 94')
  const target = path.join(folder, 'fixed.ach')
  expect(ach(['fix', trimmed, '-o', target])).toMatchObject({ status: 0, stdout: '' })
  expect(readFileSync(target, 'utf8')).toBe(text)
})

test('fix writes nothing when something would be lost', () => {
  const { status, stdout, stderr } = ach([
    'fix',
    fileWith('lost.ach', readFileSync(good, 'utf8').replace('0000041275', '00004127x5')),
  ])
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain('line 3, amountMinor: must be 10 digits')
})

test.for([[], ['check'], ['frobnicate', 'x'], ['fix', 'a', 'b']])(
  '%j explains the command and ends with 2',
  (words) => {
    const { status, stdout, stderr } = ach(words)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('ach -- ')
  },
)
