declare const brand: unique symbol

/** A value that only its own reader can make: an `AccountId` is text, but text is no `AccountId`. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
