import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { statusPath } from './status-path.ts'

const page = readFileSync(new URL('../../../../docs/magic-values.md', import.meta.url), 'utf8')
const names = [...page.matchAll(/^\| `(Kyc-[\w-]+)` \| ([A-Z_]+).* \| ([A-Z0-9_]*) ?\|$/gm)].map(
  ([, name = '', status = '', finding = '']) => ({ name, status, finding }),
)

test('the page of magic values lists them', () => expect(names.length).toBe(12))

test.for(names)('the family name $name leads to $status', ({ name, status, finding }) => {
  const [first] = statusPath({
    parts: { identity: { family_name: name } },
    additionalInformation: undefined,
  })
  expect(first?.to).toBe(status)
  expect(first?.findings ?? []).toEqual(finding === '' ? [] : [finding])
})

const endings = /ends in X: (.*?) \|/.exec(page)?.[1]?.match(/[A-Z_]{4,}/g) ?? []

test.for([...new Set(endings)])('the fixture %s leads there', (status) => {
  const path = statusPath({ parts: {}, additionalInformation: `/fixtures/status=${status}/fixtures/` })
  expect(path.at(-1)?.to ?? 'SUBMITTED').toBe(status)
})
