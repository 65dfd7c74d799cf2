import type { Product } from '@paddock/bank-wire'
import type { Health, Institution, Numbering } from './institution.ts'

/**
 * Every bank here is made up. Ids up to `ins_199999` are those of the vendor's sandbox, so that samples
 * written for it find what they ask for; `ins_9000…` are our own (contracts/plaid/institutions.md).
 */
const ALL: readonly Product[] = [
  'assets',
  'auth',
  'balance',
  'identity',
  'income_verification',
  'investments',
  'investments_auth',
  'liabilities',
  'signal',
  'statements',
  'transactions',
]
const CASH: readonly Product[] = [
  'auth',
  'balance',
  'identity',
  'income_verification',
  'signal',
  'statements',
  'transactions',
]
const ABROAD: readonly Product[] = ['auth', 'balance', 'identity', 'transactions']

/** These sign people in on a page of their own. */
const oauthBanks: ReadonlySet<string> = new Set(['ins_127287', 'ins_132241', 'ins_116834', 'ins_117181'])

const askingBanks: ReadonlySet<string> = new Set(['ins_109512'])
const instantBanks: ReadonlySet<string> = new Set(['ins_135858'])

/** Routing numbers that only the vendor's sandbox gives these banks (contracts/plaid/micro-deposits.md). */
export const sandboxRoutingNumbers: Readonly<Record<string, string>> = {
  '021000021': 'ins_109512',
  '110000000': 'ins_109508',
  '333333334': 'ins_135858',
}

const unitedStates: readonly Institution[] = [
  us('ins_109508', 'First Platypus Bank', ALL, '011401533', '021000021', '#1f6f4a'),
  us('ins_130016', 'First Platypus Balance Bank', CASH, '122990014', '122990027', '#2a5fa8'),
  us('ins_109509', 'First Gingham Credit Union', ALL, '271990033', '271990046', '#8a3b6b'),
  us('ins_109510', 'Tattersall Federal Credit Union', ALL, '031990053', '031990066', '#6b4f1d'),
  us('ins_109511', 'Tartan Bank', ALL, '061990078', '061990081', '#a3372d'),
  us('ins_109512', 'Houndstooth Bank', ALL, '051990091', '051990101', '#33383f'),
  us('ins_135858', 'Windowpane Bank', CASH, '081990113', '081990126', '#0f6d78'),
  us(
    'ins_132363',
    'Unhealthy Platypus Bank - Degraded',
    CASH,
    '091990132',
    '091990145',
    '#8a5a00',
    'DEGRADED',
  ),
  us('ins_132361', 'Unhealthy Platypus Bank - Down', CASH, '111990151', '111990164', '#5b6259', 'DOWN'),
  us('ins_127287', 'Platypus OAuth Bank', ALL, '101990161', '101990174', '#5a4fa3'),
  us('ins_132241', 'First Platypus OAuth App2App Bank', CASH, '041990182', '041990195', '#0b7285'),
  us('ins_128026', 'Herald Card Bank', ALL, '056990245', '056990258', '#2f4858'),
  us('ins_900001', 'Herringbone Savings', CASH, '107990178', '107990181', '#4a4a8f'),
  us('ins_900002', 'Seersucker Community Bank', CASH, '321990190', '321990200', '#356b9a'),
  us('ins_900003', 'Corduroy Brokerage Cash', ALL, '211990213', '211990226', '#7a4b2a'),
]

const abroad: readonly Institution[] = [
  foreign('ins_43', 'Tartan-Dominion Bank of Canada', 'CA', 'CAD', '#9c2f2f', {
    kind: 'ca',
    institution: '021',
    branch: '01140',
  }),
  foreign('ins_116834', 'Flexible Platypus Open Banking', 'GB', 'GBP', '#6741a8', {
    kind: 'uk',
    sortCode: '040005',
    bic: 'FLXPGB2L',
  }),
  foreign(
    'ins_117181',
    'Flexible Platypus Open Banking',
    'IE',
    'EUR',
    '#6741a8',
    iban('IE', 'FLXP999900', 18, 'FLXPIE2D'),
  ),
  foreign('ins_117650', 'Royal Bank of Plaid', 'GB', 'GBP', '#1d3f72', {
    kind: 'uk',
    sortCode: '040004',
    bic: 'PLTYGB2L',
  }),
  foreign(
    'ins_900011',
    'Banque du Pied-de-Poule',
    'FR',
    'EUR',
    '#5a3b7a',
    iban('FR', '2004199999', 23, 'PLTYFRPP'),
  ),
  foreign(
    'ins_900012',
    'Banco Ornitorrinco',
    'ES',
    'EUR',
    '#a8552a',
    iban('ES', '9900000145', 20, 'PLTYESMM'),
  ),
  foreign('ins_900013', 'Glen Check Bank', 'IE', 'EUR', '#2b6a3c', iban('IE', 'PLTY999900', 18, 'PLTYIE2D')),
  foreign('ins_900014', 'Ruitjesbank', 'NL', 'EUR', '#b0651a', iban('NL', 'PLTY', 14, 'PLTYNL2A')),
  foreign('ins_900015', 'Karobank', 'DE', 'EUR', '#3d4a57', iban('DE', '99999999', 18, 'PLTYDEFF')),
]

export const institutions: readonly Institution[] = [...unitedStates, ...abroad]

/** Stands for every bank that is not simulated here: an account there is known by its numbers alone. */
export const unlistedBank: Institution = us('ins_900000', 'Other bank', ['auth'], '', '', '#5b6259')

const byId = new Map([...institutions, unlistedBank].map((institution) => [institution.id, institution]))

export function findInstitution(id: string): Institution | undefined {
  return byId.get(id)
}

function us(
  id: string,
  name: string,
  products: readonly Product[],
  routing: string,
  wireRouting: string,
  primaryColor: string,
  health: Health = 'HEALTHY',
): Institution {
  const numbering = { kind: 'us', routing, wireRouting } as const
  return {
    id,
    name,
    countryCode: 'US',
    currency: 'USD',
    products,
    numbering,
    health,
    ...conductOf(id),
    primaryColor,
    url: urlOf(id),
  }
}

function foreign(
  id: string,
  name: string,
  countryCode: string,
  currency: string,
  primaryColor: string,
  numbering: Numbering,
): Institution {
  const url = urlOf(id)
  return {
    id,
    name,
    countryCode,
    currency,
    products: ABROAD,
    numbering,
    health: 'HEALTHY',
    ...conductOf(id),
    primaryColor,
    url,
  }
}

function conductOf(id: string) {
  return {
    oauth: oauthBanks.has(id),
    asksNumbers: askingBanks.has(id),
    depositsAtOnce: instantBanks.has(id),
  }
}

function iban(country: string, bankCode: string, bbanLength: number, bic: string): Numbering {
  return { kind: 'iban', country, bankCode, bbanLength, bic }
}

function urlOf(id: string): string {
  return `https://${id.replace('_', '-')}.example/`
}
