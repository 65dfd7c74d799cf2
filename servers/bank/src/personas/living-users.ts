import type { Institution } from '../institutions/institution.ts'
import { numbersAt } from './account-numbers.ts'
import { defaultOwner } from './default-user.ts'
import { type DraftAccount, isPayable } from './draft-account.ts'

/** What a living person has on the day the accounts are first seen; cards as what is owed. */
interface LivingUser {
  script: string
  owner: string
  /** The first eight digits of the account numbers. */
  stem: string
  holder?: DraftAccount['holderCategory']
  checking: bigint
  savings?: bigint
  card?: { owed: bigint; limit: bigint }
}

/** People whose lives go on, each by a username of the sandbox (contracts/plaid/personas.md). */
const people: Readonly<Record<string, LivingUser>> = {
  user_salaried: {
    script: 'salaried',
    owner: 'Maren Holt',
    stem: '20010001',
    checking: 2400_00n,
    savings: 12_640_18n,
    card: { owed: 861_27n, limit: 6000_00n },
  },
  user_freelancer: {
    script: 'freelancer',
    owner: 'Ivo Tanaka',
    stem: '20010002',
    checking: 5200_00n,
    savings: 18_215_90n,
    card: { owed: 742_55n, limit: 9000_00n },
  },
  user_student: {
    script: 'student',
    owner: 'Pia Lindqvist',
    stem: '20010003',
    checking: 610_00n,
    savings: 486_12n,
  },
  user_family: {
    script: 'family',
    owner: 'Dana and Sol Whitlock',
    stem: '20010004',
    checking: 4900_00n,
    savings: 27_930_44n,
    card: { owed: 2104_83n, limit: 15_000_00n },
  },
  user_overdrawn: { script: 'overdrawn', owner: 'Reed Calloway', stem: '20010005', checking: -212_35n },
  user_gig_worker: {
    script: 'gig_worker',
    owner: 'Noor Adeyemi',
    stem: '20010006',
    checking: 740_00n,
    savings: 1102_66n,
  },
  user_bank_income: {
    script: 'bank_income',
    owner: 'Tomas Ferry',
    stem: '20010008',
    checking: 1900_00n,
    savings: 6020_40n,
  },
  user_ewa_user: { script: 'ewa_user', owner: 'Jules Arden', stem: '20010009', checking: 240_00n },
  user_yuppie: {
    script: 'yuppie',
    owner: 'Saskia Vane',
    stem: '20010010',
    checking: 6100_00n,
    savings: 38_240_75n,
    card: { owed: 1730_15n, limit: 20_000_00n },
  },
  user_small_business: {
    script: 'small_business',
    owner: 'Thistledown Bakery LLC',
    stem: '20010011',
    holder: 'business',
    checking: 18_200_00n,
    savings: 41_500_00n,
    card: { owed: 2610_90n, limit: 25_000_00n },
  },
  user_transactions_dynamic: {
    script: 'dynamic',
    owner: 'Nora Quill',
    stem: '20010007',
    checking: 2110_00n,
    card: { owed: 512_40n, limit: 4000_00n },
  },
}

export function isLivingUser(username: string): boolean {
  return Object.hasOwn(people, username)
}

/** By which script a login lives: everybody else's past is told and nothing goes on. */
export function scriptOfUser(username: string): string {
  return people[username]?.script ?? 'told'
}

/** The accounts of a living person, in the order of the script's positions. */
export function livingAccounts(institution: Institution, username: string): DraftAccount[] {
  const person = people[username]
  if (person === undefined) return []
  const { checking, savings, card } = person
  return [
    draft(institution, person, '0000', 'checking', checking),
    ...(savings === undefined ? [] : [draft(institution, person, '1111', 'savings', savings)]),
    ...(card === undefined ? [] : [cardOf(institution, person, card)]),
  ]
}

function draft(
  institution: Institution,
  { owner, stem, holder = 'personal' }: LivingUser,
  mask: string,
  subtype: 'checking' | 'savings',
  balanceMinor: bigint,
): DraftAccount {
  return {
    name: subtype === 'checking' ? 'Everyday Checking' : 'Rainy Day Savings',
    officialName: null,
    mask,
    type: 'depository',
    subtype,
    holderCategory: holder,
    currency: institution.currency,
    currentMinor: balanceMinor,
    availableMinor: balanceMinor,
    limitMinor: null,
    numbers: isPayable({ type: 'depository', subtype }) ? numbersAt(institution, `${stem}${mask}`) : null,
    owners: [{ ...defaultOwner, names: [owner] }],
  }
}

function cardOf(
  institution: Institution,
  { owner, holder = 'personal' }: LivingUser,
  { owed, limit }: { owed: bigint; limit: bigint },
): DraftAccount {
  return {
    name: 'Rewards Card',
    officialName: null,
    mask: '3333',
    type: 'credit',
    subtype: 'credit card',
    holderCategory: holder,
    currency: institution.currency,
    currentMinor: owed,
    availableMinor: limit - owed,
    limitMinor: limit,
    numbers: null,
    owners: [{ ...defaultOwner, names: [owner] }],
  }
}
