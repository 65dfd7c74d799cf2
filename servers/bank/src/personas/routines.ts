import { assert } from '@paddock/kernel'
import type { LifeScript } from '../living/routine.ts'
import {
  cash,
  common,
  earns,
  errands,
  home,
  monthly,
  often,
  pays,
  subscriptions,
  three,
  weekly,
  yearly,
} from './habits.ts'
import { moreScripts } from './more-routines.ts'

const salaried: LifeScript = {
  ...common,
  name: 'salaried',
  positions: three,
  startMinor: { checking: 2400_00n, savings: 3150_00n, card: -420_00n },
  keepMinor: 2400_00n,
  savingsBasisPoints: 385n,
  routines: [
    earns('larkspur', weekly(5, 2), [1954_18n], { text: 'LARKSPUR LOGISTICS PAYROLL' }),
    ...home(1450_00n),
    ...subscriptions('card'),
    ...errands('card', 7),
    pays('water', 'checking', 'ach', monthly(24), [31_00n, 47_00n]),
    pays('stonebridge', 'checking', 'ach', monthly(6), [92_40n]),
    pays('quayside', 'checking', 'ach', monthly(15), [289_00n]),
    pays('tidewater', 'card', 'online', monthly(4), [39_50n], { rise: { afterMonths: 20, minor: 42_00n } }),
    pays('cormorant', 'card', 'in_store', often(4), [31_00n, 58_00n]),
    pays('lantern', 'card', 'in_store', often(3), [24_00n, 71_00n]),
    pays('thistle', 'card', 'in_store', often(1), [28_00n, 120_00n], { refundedOneIn: 6 }),
    pays('petrel', 'card', 'online', yearly(6, 3), [318_00n, 462_00n]),
    cash(2, 80_00n),
  ],
}

const freelancer: LifeScript = {
  ...common,
  name: 'freelancer',
  positions: three,
  startMinor: { checking: 5200_00n, savings: 8800_00n, card: -310_00n },
  keepMinor: 5200_00n,
  savingsBasisPoints: 410n,
  routines: [
    earns('copperline', often(1), [1800_00n, 3900_00n], { text: 'COPPERLINE STUDIO INVOICE' }),
    earns('northlight', often(2), [650_00n, 1750_00n], { text: 'NORTHLIGHT MEDIA AP' }),
    ...home(1280_00n),
    ...subscriptions('card'),
    ...errands('card', 6),
    pays('circuit', 'card', 'online', often(1), [35_00n, 240_00n], { refundedOneIn: 7 }),
    pays('lantern', 'card', 'in_store', often(4), [21_00n, 66_00n]),
    ...[1, 4, 6, 9].map((month) => ({
      ...pays('treasury', 'checking', 'ach', yearly(month, 15), [1150_00n, 1650_00n], {
        text: 'US TREASURY ESTIMATED TAX',
      }),
      id: `treasury${month}`,
    })),
    cash(1, 60_00n),
  ],
}

const student: LifeScript = {
  ...common,
  name: 'student',
  positions: { checking: 0, savings: 1 },
  startMinor: { checking: 610_00n, savings: 240_00n },
  keepMinor: 610_00n,
  savingsBasisPoints: 40n,
  routines: [
    earns('pocketpass', monthly(2), [850_00n], { text: 'POCKETPASS FROM HOME' }),
    earns('university', weekly(5, 2), [286_40n], {
      text: 'SALTBY UNIVERSITY STUDENT PAY',
      category: 'INCOME_SALARY',
    }),
    pays('alder', 'checking', 'ach', monthly(3), [625_00n], { text: 'ALDER PROPERTY ROOM 4C' }),
    pays('kestrel', 'checking', 'ach', monthly(20), [25_00n]),
    pays('songbird', 'checking', 'online', monthly(9), [5_99n], { rise: { afterMonths: 18, minor: 6_99n } }),
    pays('grocers', 'checking', 'in_store', often(6), [14_00n, 43_00n]),
    pays('heron', 'checking', 'in_store', often(8), [3_25n, 6_80n]),
    pays('pelican', 'checking', 'in_store', often(5), [7_40n, 14_90n]),
    pays('transit', 'checking', 'online', monthly(1), [54_00n]),
    pays('eleven', 'checking', 'in_store', often(1), [12_00n, 74_00n], { refundedOneIn: 5 }),
    pays('pixel', 'checking', 'online', often(1), [4_99n, 29_99n]),
    cash(1, 40_00n),
  ],
}

const family: LifeScript = {
  ...common,
  name: 'family',
  positions: three,
  startMinor: { checking: 4900_00n, savings: 14200_00n, card: -1320_00n },
  keepMinor: 4900_00n,
  savingsBasisPoints: 425n,
  routines: [
    earns('larkspur', weekly(5, 2), [2610_75n], { text: 'LARKSPUR LOGISTICS PAYROLL' }),
    earns('millwright', monthly(28), [3085_50n], { text: 'MILLWRIGHT DENTAL SALARY' }),
    pays('larch', 'checking', 'ach', monthly(1), [2184_37n], { text: 'LARCH HOME LOANS MORTGAGE' }),
    pays('otters', 'checking', 'ach', weekly(1), [312_00n]),
    ...home(0n).slice(1),
    ...subscriptions('card'),
    ...errands('card', 11),
    pays('water', 'checking', 'ach', monthly(24), [48_00n, 83_00n]),
    pays('stonebridge', 'checking', 'ach', monthly(6), [214_80n]),
    pays('barn', 'card', 'in_store', often(4), [38_00n, 167_00n], { refundedOneIn: 9 }),
    pays('cormorant', 'card', 'in_store', often(6), [34_00n, 72_00n]),
    pays('lantern', 'card', 'in_store', often(3), [52_00n, 118_00n]),
    pays('molar', 'card', 'in_store', yearly(3, 12), [95_00n, 260_00n]),
    pays('seaglass', 'card', 'online', yearly(7, 20), [880_00n, 1340_00n]),
    cash(2, 120_00n),
  ],
}

const overdrawn: LifeScript = {
  ...common,
  name: 'overdrawn',
  positions: { checking: 0 },
  startMinor: { checking: -180_00n },
  keepMinor: -150_00n,
  savingsBasisPoints: 0n,
  overdraftFeeMinor: 34_00n,
  routines: [
    earns('millwright', weekly(5, 2), [1015_20n], { text: 'MILLWRIGHT DENTAL SALARY' }),
    ...home(1080_00n),
    pays('reelhouse', 'checking', 'online', monthly(14), [13_99n], {
      rise: { afterMonths: 19, minor: 15_99n },
    }),
    pays('grocers', 'checking', 'in_store', often(7), [18_00n, 56_00n]),
    pays('pelican', 'checking', 'in_store', often(6), [8_20n, 21_50n]),
    pays('cormorant', 'checking', 'in_store', often(4), [24_00n, 44_00n]),
    pays('tern', 'checking', 'online', often(2), [11_00n, 48_00n], { refundedOneIn: 7 }),
    cash(2, 60_00n),
  ],
}

const gigWorker: LifeScript = {
  ...common,
  name: 'gig_worker',
  positions: { checking: 0, savings: 1 },
  startMinor: { checking: 740_00n, savings: 380_00n },
  keepMinor: 740_00n,
  savingsBasisPoints: 300n,
  routines: [
    earns('drivers', weekly(2), [310_00n, 545_00n], { text: 'WHEELHOUSE DRIVERS PAYOUT' }),
    earns('dash', weekly(4), [95_00n, 240_00n], { text: 'BASKET DASH EARNINGS' }),
    ...home(940_00n),
    ...subscriptions('checking'),
    pays('cormorant', 'checking', 'in_store', often(9), [22_00n, 49_00n]),
    pays('wrench', 'checking', 'in_store', often(1), [30_00n, 150_00n]),
    pays('fennel', 'checking', 'in_store', often(5), [19_00n, 61_00n]),
    pays('pelican', 'checking', 'in_store', often(6), [7_90n, 16_40n]),
    cash(1, 60_00n),
  ],
}

const scripts = [salaried, freelancer, student, family, overdrawn, gigWorker, ...moreScripts]

/** For logins whose balances stand still: a past like everybody's, and nothing that goes on. */
const told: LifeScript = { ...salaried, name: 'told', isAlive: false }
/** The vendor's user whose transactions move when they are refreshed: much within four weeks. */
const dynamic: LifeScript = {
  ...common,
  name: 'dynamic',
  positions: { checking: 0, card: 1 },
  startMinor: { checking: 2000_00n, card: -300_00n },
  keepMinor: 1_000_000_00n,
  savingsBasisPoints: 0n,
  isAlive: false,
  months: 1,
  routines: [
    earns('larkspur', weekly(5, 2), [1954_18n], { text: 'LARKSPUR LOGISTICS PAYROLL' }),
    ...home(1450_00n),
    ...subscriptions('card'),
    ...errands('card', 18),
    pays('grocers', 'checking', 'in_store', often(16), [9_00n, 64_00n]),
    pays('lantern', 'card', 'in_store', often(9), [24_00n, 71_00n]),
    pays('wheelhouse', 'card', 'online', often(14), [8_00n, 31_00n]),
    cash(4, 80_00n),
  ],
}

const byName = new Map([...scripts, told, dynamic].map((script) => [script.name, script]))

export function scriptNamed(name: string): LifeScript {
  const script = byName.get(name)
  assert(script !== undefined, 'a life is lived by a known script')
  return script
}
