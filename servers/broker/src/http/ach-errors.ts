import type { AnswerRejection } from '../answers/decide-case.ts'
import type { ProofRejection } from '../origination/proof.ts'
import type { Details, WireError } from './wire-error.ts'

const text = (details: Details, key: string) => String(details[key])

const missing = (message: string): WireError => ({ status: 404, code: 40410000, message })

const refused = (message: WireError['message']): WireError => ({ status: 422, code: 42210000, message })

/** What operators and the proofs of bank accounts are refused. */
export const achErrors: Record<AnswerRejection | ProofRejection, WireError> = {
  ach_file_not_found: missing('ACH file not found'),
  answer_not_found: missing('answer not found'),
  case_not_found: missing('case not found'),
  entry_not_found: missing('no entry has this trace number'),
  answer_not_parked: refused((details) => `an answer in state ${text(details, 'state')} waits for nobody`),
  answer_not_applicable: refused(
    (details) =>
      `a ${text(details, 'kind')} cannot be applied to an entry that is ${text(details, 'status')}`,
  ),
  case_not_open: refused((details) => `a case in state ${text(details, 'state')} is decided`),
  proof_exists: refused('this bank account is being proved, or was'),
  proof_locked: refused('the amounts were wrong too often'),
  proof_not_found: missing('no micro-deposits were sent to this bank account'),
  proof_not_ready: refused((details) => `a proof in state ${text(details, 'state')} cannot be confirmed yet`),
  relationship_not_provable: refused(
    (details) => `a relationship in status ${text(details, 'status')} needs no proof`,
  ),
}
