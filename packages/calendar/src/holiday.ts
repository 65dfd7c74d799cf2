/** A day on which banks or the exchange are closed. `date` is the day they close, not the day it honours. */
export type Holiday = { readonly date: Temporal.PlainDate; readonly name: string }

/** Remembers one answer per year: a calendar question is asked far more often than a year turns. */
export function perYear<Answer>(compute: (year: number) => Answer): (year: number) => Answer {
  const known = new Map<number, Answer>()
  return (year) => {
    const answer = known.get(year) ?? compute(year)
    known.set(year, answer)
    return answer
  }
}
