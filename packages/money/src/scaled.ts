/** An integer of 10^-scale units as plain decimal text with all its decimals. */
export function formatScaled(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, -scale)
  return `${value < 0n ? '-' : ''}${whole}.${digits.slice(-scale)}`
}

/** `"1.500"` → `"1.5"`, `"2.000"` → `"2"`. Expects a decimal point. */
export function trimZeros(text: string): string {
  return text.replace(/\.?0+$/, '')
}

/** Reads unsigned decimal text with at most `wholeDigits` and `scale` digits, or nothing. Never rounds. */
export function parseScaled(text: string, wholeDigits: number, scale: number): bigint | undefined {
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(text)
  const whole = parts?.[1]
  const fraction = parts?.[2] ?? ''
  if (whole === undefined || whole.length > wholeDigits || fraction.length > scale) return undefined
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`)
}
