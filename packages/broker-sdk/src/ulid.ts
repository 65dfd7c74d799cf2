const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10
const RANDOM_LENGTH = 16

/** The smallest ULID of an instant or a date (which begins at midnight UTC): a cursor from which to begin. */
export function firstUlidOf(since: string): string {
  const at = Temporal.Instant.from(/^\d{4}-\d{2}-\d{2}$/.test(since) ? `${since}T00:00:00Z` : since)
  let rest = Math.max(0, at.epochMilliseconds)
  let text = ''
  for (; text.length < TIME_LENGTH; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text
  return text + '0'.repeat(RANDOM_LENGTH)
}
