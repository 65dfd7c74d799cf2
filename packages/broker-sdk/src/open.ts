/**
 * A shape as an answer may really have it: the vendor adds values to its enums without notice, so each
 * listed value is a hint and any other text is possible.
 */
export type Open<Shape> = Shape extends string
  ? string extends Shape
    ? Shape
    : Shape | (string & {})
  : Shape extends readonly (infer Item)[]
    ? Open<Item>[]
    : Shape extends object
      ? { [Key in keyof Shape]: Open<Shape[Key]> }
      : Shape
