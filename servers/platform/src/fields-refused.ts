export interface FieldProblem {
  /** Such as `identity.given_name`. */
  path: string
  message: string
}

/** Input of the right shape with values that cannot be: all of them, not just the first. */
export class FieldsRefused extends Error {
  override readonly name = 'FieldsRefused'
  readonly fields: FieldProblem[]

  constructor(fields: FieldProblem[]) {
    super('some fields were refused')
    this.fields = fields
  }
}
