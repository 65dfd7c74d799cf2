/** Who issues the documents. Made up: no such firm, street or number exists. */
export const firm = {
  name: 'Paddock Brokerage',
  addressLines: ['14 Fenceline Road, Floor 3', 'Millbrook Falls, NY 00000'],
  contact: 'help@paddock.invalid',
} as const

/** What every document says about itself. */
export const SIMULATED =
  'Paddock Brokerage is a simulated firm. No real money, security or tax filing stands behind this document.'

export const RETENTION =
  'Please compare this document with your own records and tell us within ten days about anything that looks wrong. The document shows what was booked when it was issued; later corrections appear in the documents that follow.'

export const PRICES =
  'Prices are the last ones of the simulated market at the end of the period. Market values are rounded to the cent and are an indication, not an offer to trade.'

export const COST_METHOD =
  'Cost is first in, first out: a sale takes the shares of the asset that were held longest, unless the order named others. One sale may take shares of several purchases, so no single purchase date or holding period is told.'
