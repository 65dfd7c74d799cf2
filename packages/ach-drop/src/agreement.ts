/**
 * What a firm and its bank agreed on before the first file: who the files are from and to, and under which
 * numbers. The bank refuses files that say something else.
 */
export type AchAgreement = {
  /** Routing number of the bank that takes the files: the ODFI. */
  readonly destination: string
  readonly destinationName: string
  /** What the bank calls the sender: ten characters. */
  readonly origin: string
  readonly originName: string
  readonly companyId: string
  /** The name that people know, at most sixteen characters. */
  readonly companyName: string
}

/** Of parties that do not exist: the simulated bank and the firm beside it agree on this. */
export const simulatedAgreement: AchAgreement = {
  destination: '076543216',
  destinationName: 'PADDOCK BANK',
  origin: '1987654321',
  originName: 'PADDOCK SECURITIES',
  companyId: '1987654321',
  companyName: 'PADDOCK',
}
