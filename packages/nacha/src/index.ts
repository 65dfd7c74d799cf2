export { type AnswerIdentity, answerBatch, correctionEntry, returnEntry } from './answers.ts'
export { type ChangeReason, type CorrectedField, changeCodes, refusalCodes } from './change-codes.ts'
export { traceOf } from './check-entry.ts'
export { type CorrectedData, readCorrectedData, writeCorrectedData } from './corrected-data.ts'
export { addBankingDays, type Day, isBankingDay, readDay, settlementDateOf, writeDay } from './dates.ts'
export { describeFact, formatCents, formatDay, maskAccount, printable } from './describe.ts'
export { type ExplainedColumn, type ExplainedLine, explainLine } from './explain.ts'
export * from './facts.ts'
export type { AchBatch, AchEntry, AchFile, AchTotals, Finding, ReadMode, Severity } from './file.ts'
export { achName } from './names.ts'
export type { AddendaPlan, BatchHeaderPlan, BatchPlan, EntryPlan, FileHeaderPlan, FilePlan } from './plan.ts'
export { type AchReading, readAchFile, readAchStream } from './read-file.ts'
export { type AchItem, AchReader, type ReaderOptions } from './reader.ts'
export { FieldRefused, RECORD_WIDTH } from './record.ts'
export {
  type AchRecord,
  type Addenda,
  type BatchControl,
  type BatchHeader,
  type EntryDetail,
  type FileControl,
  type FileHeader,
  type RecordLayout,
  records,
  renderRecord,
} from './records.ts'
export { type LineEnding, renderAchFile, renderAchLines } from './render-file.ts'
export { type Repair, repairAchFile } from './repair-file.ts'
export { type BatchPurpose, type ReservedDescription, reservedDescriptions } from './reserved-descriptions.ts'
export {
  type AnswerKind,
  answerKindOf,
  type ReturnClass,
  type ReturnClock,
  type ReturnCount,
  type ReturnReason,
  returnCodes,
} from './return-codes.ts'
export { checkDigitOf, isRoutingNumber } from './routing-number.ts'
export { type Rule, type RuleName, rules } from './rules.ts'
export { type SecCode, secCodes } from './sec-codes.ts'
export {
  type AccountType,
  accountTypeOf,
  answerCodeOf,
  type Direction,
  directionOf,
  type TransactionCode,
  transactionCodes,
} from './transaction-codes.ts'
export {
  AchWriteRefused,
  AchWriter,
  type WriteProblem,
  type WriterOptions,
  type WrittenEntry,
  type WrittenFile,
  writeAchFile,
} from './writer.ts'
