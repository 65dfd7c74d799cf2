import type { WireError } from './wire-error.ts'

type Details = Readonly<Record<string, unknown>>
type Message = WireError['message']

/** Rows of the table of errors, by the vendor's families. */
export const row = (
  status: number,
  type: string,
  code: string,
  message: Message,
  display: string | null = null,
) => ({
  status,
  type,
  code,
  message,
  display,
})
export const input = (code: string, message: Message) => row(400, 'INVALID_INPUT', code, message)
export const request = (code: string, message: Message, display: string | null = null) =>
  row(400, 'INVALID_REQUEST', code, message, display)
export const item = (code: string, message: Message, display: string | null = null) =>
  row(400, 'ITEM_ERROR', code, message, display)
export const sandbox = (code: string, message: Message) => row(400, 'SANDBOX_ERROR', code, message)
export const signal = (code: string, message: Message, status = 400) =>
  row(status, 'SIGNAL_ERROR', code, message)
export const institution = (code: string, message: Message, display: string) =>
  row(400, 'INSTITUTION_ERROR', code, message, display)
export const list = (details: Details, key: string) => [details[key]].flat().join(', ')
