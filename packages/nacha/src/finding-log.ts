import type { Finding, ReadMode, Severity } from './file.ts'
import type { PlacedColumn } from './record.ts'
import { type RecordLayout, tableOf } from './records.ts'
import { type RuleName, rules } from './rules.ts'

const DEFAULT_LIMIT = 10_000

/** Collects findings with the severity of the reader's mode, and counts those that it no longer lists. */
export class FindingLog {
  readonly mode: ReadMode
  readonly #limit: number
  readonly #emit: (finding: Finding) => void
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, accepted: 0 }
  /** Findings from before the first line that looks like ACH; if none ever does, they are one finding. */
  #held: Finding[] | undefined = []
  #listed = 0

  constructor(mode: ReadMode, emit: (finding: Finding) => void, limit = DEFAULT_LIMIT) {
    this.mode = mode
    this.#emit = emit
    this.#limit = limit
  }

  get errors(): number {
    return this.#counts.error
  }

  /** About a column of a record. */
  field(rule: RuleName, line: number, layout: RecordLayout, field: string, message: string): void {
    const column = tableOf(layout).columns.find(({ name }) => name === field)?.start ?? 1
    this.add({ rule, line, column, field, message })
  }

  /** A column whose characters are no value. */
  unreadable(rule: RuleName, line: number, layout: RecordLayout, { name, column }: PlacedColumn): void {
    if (column.kind === 'literal') return
    if (column.kind === 'reserved') this.field('26-reserved', line, layout, name, 'is not blank')
    else {
      const digits = column.width === 1 ? 'digit' : 'digits'
      this.field(rule, line, layout, name, `must be ${column.width} ${digits}`)
    }
  }

  /** About a whole record, batch or file. */
  whole(rule: RuleName, line: number, field: 'record' | 'batch' | 'file', message: string): void {
    this.add({ rule, line, column: 1, field, message })
  }

  add(finding: Omit<Finding, 'severity' | 'rule'> & { rule: RuleName }): void {
    const severity = rules[finding.rule][this.mode]
    this.#counts[severity] += 1
    this.#listed += 1
    if (this.#listed > this.#limit) return
    const { line, column, field, rule, message } = finding
    const listed: Finding = { line, column, field, rule, severity, message }
    if (this.#held === undefined) this.#emit(listed)
    else this.#held.push(listed)
  }

  /** A line looks like ACH: what was held is true. */
  release(): void {
    const held = this.#held
    this.#held = undefined
    for (const finding of held ?? []) this.#emit(finding)
  }

  /** Nothing was ACH: only `rule` is said. */
  replaceHeld(rule: RuleName, message: string): void {
    this.#held = undefined
    this.#listed = 0
    this.whole(rule, 1, 'file', message)
  }

  get isHolding(): boolean {
    return this.#held !== undefined
  }

  end(lastLine: number): void {
    const more = this.#listed - this.#limit
    if (more <= 0) return
    this.#listed = 0
    const severity = this.errors > 0 ? 'error' : 'warning'
    const message = `${more} more findings are not listed`
    this.#emit({ line: lastLine, column: 1, field: 'file', rule: 'more-findings', severity, message })
  }
}
