import { z } from 'zod'

/** Cents as text, so that no reader makes a float of them; below zero where money leaves. */
export const SignedMinor = z.string().regex(/^-?\d{1,18}$/)

/** Cents as text, never below zero. */
export const Minor = z.string().regex(/^\d{1,18}$/)

export const Count = z.number().int().nonnegative()
