import type { Columns, PlacedColumn, RecordInput, RecordTable, Values } from './record.ts'
import * as addenda from './records/addenda-records.ts'
import * as batches from './records/batch-records.ts'
import * as entries from './records/entry-records.ts'
import * as files from './records/file-records.ts'
import * as iat from './records/iat-addenda-records.ts'

/** Every layout of the format, by its name. */
export const records = { ...files, ...batches, ...entries, ...addenda, ...iat } as const

type ValuesOf<T> = T extends RecordTable<infer C> ? Values<C> : never
type InputOf<T> = T extends RecordTable<infer C> ? RecordInput<C> : never

/** What was read, with the name of the table that read it. */
type Layouts<Name extends keyof typeof records> = {
  [N in Name]: { readonly layout: N } & ValuesOf<(typeof records)[N]>
}[Name]

export type EntryLayout = keyof typeof entries
export type AddendaLayout = keyof typeof addenda | keyof typeof iat
export type BatchHeaderLayout = 'batchHeader' | 'iatBatchHeader'
export type RecordLayout = keyof typeof records

export type FileHeader = Layouts<'fileHeader'>
export type FileControl = Layouts<'fileControl' | 'advFileControl'>
export type BatchHeader = Layouts<BatchHeaderLayout>
export type BatchControl = Layouts<'batchControl' | 'advBatchControl'>
export type EntryDetail = Layouts<EntryLayout>
export type Addenda = Layouts<AddendaLayout>
export type AchRecord = FileHeader | FileControl | BatchHeader | BatchControl | EntryDetail | Addenda

export type FileHeaderInput = InputOf<typeof records.fileHeader>

/** The table of a layout, for code that does not mind which it is. */
export const tableOf = (layout: RecordLayout): RecordTable =>
  records[layout] as unknown as RecordTable<Columns>

export function readRecord<Name extends RecordLayout>(
  layout: Name,
  line: string,
  onUnreadable?: (column: PlacedColumn) => void,
): Layouts<Name> {
  const values = tableOf(layout).read(line, onUnreadable) as Record<string, unknown>
  values.layout = layout
  return values as Layouts<Name>
}

/** The exact 94 characters of a record that was read. */
export const renderRecord = (record: AchRecord): string => tableOf(record.layout).write(record)
