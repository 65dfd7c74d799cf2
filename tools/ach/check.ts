import { AchReader, type Finding } from '@paddock/nacha'
import { openSource, whyUnreadable } from './source.ts'

/** More would only be more of the same; the last one then says how many there were. */
const MAX_PROBLEMS = 1_000

type Problem = Pick<Finding, 'line' | 'field' | 'rule' | 'severity' | 'message'>

/** One JSON line a file. Answers 1 when one of them is not valid. */
export async function checkFiles(names: readonly string[]): Promise<number> {
  let code = 0
  for (const name of names) {
    const { valid, line } = await checkFile(name)
    console.log(line)
    if (!valid) code = 1
  }
  return code
}

async function checkFile(name: string): Promise<{ valid: boolean; line: string }> {
  const reader = new AchReader({ mode: 'strict', maxFindings: MAX_PROBLEMS })
  const problems: Problem[] = []
  const hear = (items: ReturnType<AchReader['push']>) => {
    for (const item of items) if (item.kind === 'finding') problems.push(toProblem(item.finding))
  }
  let valid = true
  try {
    for await (const bytes of openSource(name)) hear(reader.push(bytes))
    hear(reader.end())
    valid = reader.isValid
  } catch (error) {
    valid = false
    const message = whyUnreadable(error)
    problems.push({ line: 1, field: 'file', rule: 'unreadable', severity: 'error', message })
  }
  const { batches, entries, debitMinor, creditMinor, returns, corrections } = reader.totals
  const head = JSON.stringify({ file: name, valid, problems, batches, entries }).slice(0, -1)
  // Whole cents as a number, whatever their size.
  const sums = `"debits":${debitMinor},"credits":${creditMinor}`
  return { valid, line: `${head},${sums},"returns":${returns},"corrections":${corrections}}` }
}

const toProblem = ({ line, field, rule, severity, message }: Finding): Problem => ({
  line,
  field,
  rule,
  severity,
  message,
})
