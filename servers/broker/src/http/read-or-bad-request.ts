import type { z } from 'zod'
import { refuseWithBadRequest } from './validation-answer.ts'

/** For the pages on which every unsuitable field is a bad request (contracts/alpaca/errors.md §2). */
export function readOrBadRequest<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
  const result = shape.safeParse(input)
  if (!result.success) throw refuseWithBadRequest(result.error, input)
  return result.data
}
