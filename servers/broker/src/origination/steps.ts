/** What happens to a file, one after the other; whatever ends the process at one of them, the file is whole or not there. */
export const achSteps = [
  'chosen',
  'traced',
  'written',
  'bound',
  'sealed',
  'drop:written',
  'drop:synced',
  'drop:renamed',
  'put',
  'sent',
] as const

export type AchStep = (typeof achSteps)[number]
