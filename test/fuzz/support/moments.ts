import fc from 'fast-check'

/** Days around the one on which the world of a fuzz begins. */
export const day = fc.integer({ min: -400, max: 40 }).map((days) => {
  return Temporal.PlainDate.from('2026-11-20').add({ days }).toString()
})
export const instant = fc
  .tuple(day, fc.integer({ min: 0, max: 86_399 }), fc.constantFrom('Z', '+00:00', '-05:00', '.123456Z'))
  .map(
    ([date, second, zone]) => `${date}T${Temporal.PlainTime.from('00:00').add({ seconds: second })}${zone}`,
  )
export const moment = fc.oneof(day, instant)
