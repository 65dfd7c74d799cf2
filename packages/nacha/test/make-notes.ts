import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { changeCodes, records, refusalCodes, returnCodes, rules, secCodes } from '../src/index.ts'
import type { RecordTable } from '../src/record.ts'

/**
 * The tables of contracts/nacha that say what the code says, made from it: `node packages/nacha/test/make-notes.ts`.
 * A test says when one is out of date.
 */
export function recordsNote(): string {
  const typeOf = (layout: string, table: RecordTable) => `${table.columns[0]?.column.preset} ${layout}`
  const inOrder = (Object.entries(records) as unknown as [string, RecordTable][]).sort((one, other) =>
    typeOf(...one) < typeOf(...other) ? -1 : 1,
  )
  const tables = inOrder.map(([layout, { name, about, columns }]) => {
    const rows = columns.map(
      ({ name: field, start, column }) =>
        `| ${start}-${start + column.width - 1} | ${field} | ${column.kind} | ${column.inclusion} | ${escaped(column.about)} |`,
    )
    const head = '| columns | field | kind | class | |\n|---|---|---|---|---|'
    return `## ${name} (\`${layout}\`)\n\n${about}\n\n${head}\n${rows.join('\n')}`
  })
  return `# Records

Made from the tables of \`packages/nacha\` by \`test/make-notes.ts\`; a test compares. Columns count from 1, every record has 94.
Kinds: text is left-justified and filled with spaces; digits are text of exactly that many digits; counts and amounts are
right-justified and filled with zeros. Classes: M mandatory (the operator refuses), R required (the receiving bank may
return), O optional (comes back unchanged), - reserved or filled in by the operator.

One type code may have several layouts. Record 5 is the IAT one when columns 51-53 are IAT or 5-10 are IATCOR. Record 6
follows the entry class of its batch (codes.md §2). Addenda 98 are a refusal when the code is C61 to C69. Addenda 99 are a
dishonored return with R61 to R70, a contested one with R71 to R77, else a return. Records 8 and 9 have wider totals in ADV.

${tables.join('\n\n')}
`
}

export const ruleTable = (): string =>
  ['| rule | level | strict | tolerant | what must be |', '|---|---|---|---|---|']
    .concat(
      Object.entries(rules).map(
        ([name, { level, strict, tolerant, about }]) =>
          `| ${name} | ${level} | ${strict} | ${tolerant} | ${about} |`,
      ),
    )
    .join('\n')

export const returnTable = (): string =>
  ['| code | meaning | account | clock | class | counts | next |', '|---|---|---|---|---|---|---|']
    .concat(
      [...returnCodes.values()].map(
        (row) =>
          `| ${row.code} | ${row.meaning} | ${row.account} | ${row.clock}${row.statementNeeded ? ', statement' : ''} | ${row.class} | ${row.counts} | ${row.next} |`,
      ),
    )
    .join('\n')

export const changeTable = (): string =>
  ['| code | wrong | columns of the corrected data |', '|---|---|---|']
    .concat(
      [...changeCodes.values()].map(({ code, meaning, places }) => {
        const where = places
          .map(({ field, start, width }) => `${start}-${start + width - 1} ${field}`)
          .join(', ')
        return `| ${code} | ${meaning} | ${where || 'none'} |`
      }),
      [...refusalCodes].map(([code, why]) => `| ${code} | refused: ${why} | copied |`),
    )
    .join('\n')

export const classTable = (): string =>
  ['| class | what | account | layout | directions | addenda |', '|---|---|---|---|---|---|']
    .concat(
      [...secCodes.values()].map((row) => {
        const types = row.addendaTypes.join(' ')
        const addenda = row.maxAddenda === 0 ? 'none' : `${row.minAddenda}-${row.maxAddenda} of ${types}`
        return `| ${row.code} | ${row.about} | ${row.account} | ${row.layout} | ${row.directions.join(', ')} | ${addenda} |`
      }),
    )
    .join('\n')

const escaped = (text: string) => text.replaceAll('|', '\\|')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL('../../../contracts/nacha/records.md', import.meta.url)), recordsNote())
  for (const table of [ruleTable(), classTable(), returnTable(), changeTable()]) console.log(`${table}\n`)
}
