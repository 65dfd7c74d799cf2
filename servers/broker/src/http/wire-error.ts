export type Details = Readonly<Record<string, unknown>>

/** How a rejection of the domain looks on the wire. */
export type WireError = {
  readonly status: number
  readonly code: number
  readonly message: string | ((details: Details) => string)
  /** Further fields of the error body, from the rejection's details. */
  readonly fields?: (details: Details) => Record<string, string | string[]>
}

/** A refusal that only the wire knows: keys, framing, fields that a shape cannot say. */
export class WireRefused extends Error {
  override readonly name = 'WireRefused'
  readonly status: number
  readonly wireCode: number

  constructor(status: number, wireCode: number, message: string) {
    super(message)
    this.status = status
    this.wireCode = wireCode
  }
}
