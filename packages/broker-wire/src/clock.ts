import { z } from 'zod'
import { MomentParam } from './primitives.ts'

export const ClockBody = z.object({
  timestamp: z.string(),
  is_open: z.boolean(),
  next_open: z.string(),
  next_close: z.string(),
})

export type ClockBody = z.infer<typeof ClockBody>

export const CalendarQuery = z.object({
  start: MomentParam.optional(),
  end: MomentParam.optional(),
  date_type: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['trading', 'settlement']))
    .optional(),
})

export const CalendarDay = z.object({
  date: z.string(),
  open: z.string(),
  close: z.string(),
  session_open: z.string(),
  session_close: z.string(),
  settlement_date: z.string(),
})

export type CalendarDay = z.infer<typeof CalendarDay>
