const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** What a fuzzed server tells about itself by `FUZZ_LOG`: as much as its level, of any other word its errors. */
export function logLevel(): string {
  const word = process.env.FUZZ_LOG
  if (word === undefined) return 'silent'
  return LEVELS.includes(word) ? word : 'error'
}
