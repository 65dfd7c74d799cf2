import { expect, test } from 'vitest'
import { ApiError } from './api-error.ts'
import { describeProblem } from './problem-words.ts'

test("the server's sentences become the three lines", () => {
  const error = new ApiError({
    status: 422,
    code: 'amount_over_limit',
    message: 'This is more than $50,000.00 today. Nothing was moved. Try less.',
    requestId: 'r-1',
  })
  expect(describeProblem(error)).toEqual({
    happened: 'This is more than $50,000.00 today.',
    meaning: 'Nothing was moved.',
    next: 'Try less.',
    code: 'amount_over_limit',
    requestId: 'r-1',
  })
})

test('no answer says that nothing typed is lost', () => {
  const words = describeProblem(new ApiError({ status: 0, code: 'no_answer', message: 'x' }))
  expect(words.happened).toBe('Paddock did not answer.')
  expect(words.meaning).toBe('Nothing that you typed is lost.')
})

test.for([
  [400, true],
  [404, true],
  [422, true],
  [408, false],
  [429, false],
  [503, false],
  [504, false],
  [0, false],
] as const)('an answer %i is final: %s', ([status, isFinal]) => {
  expect(new ApiError({ status, code: 'x', message: 'x' }).isFinal).toBe(isFinal)
})
