import { type ReturnReason, returnCodes } from '@paddock/nacha'

/** Groups of return codes, by what the network's own table says of each. */
const codesWhere = (belongs: (reason: ReturnReason) => boolean): readonly string[] =>
  [...returnCodes.values()].filter(belongs).map(({ code }) => code)

export const unauthorizedCodes = codesWhere(({ counts }) => counts === 'unauthorized')

export const administrativeCodes = codesWhere(({ counts }) => counts === 'administrative')

/** Too little money, or nobody's authority: after such a return nothing is given in advance. */
export const spoilingCodes = [
  ...codesWhere((reason) => reason.class === 'insufficient_funds'),
  ...unauthorizedCodes,
]
