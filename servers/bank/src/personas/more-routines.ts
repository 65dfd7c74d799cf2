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
} from './habits.ts'

/** Who is paid in several ways, for looking at income. */
const bankIncome: LifeScript = {
  ...common,
  name: 'bank_income',
  positions: { checking: 0, savings: 1 },
  startMinor: { checking: 1900_00n, savings: 4200_00n },
  keepMinor: 1900_00n,
  savingsBasisPoints: 390n,
  routines: [
    earns('larkspur', weekly(5, 2), [1421_60n], { text: 'LARKSPUR LOGISTICS PAYROLL' }),
    earns('gull', monthly(5), [780_00n], { text: 'GULL COTTAGE RENTALS PAYOUT' }),
    earns('dash', weekly(3), [58_00n, 164_00n], { text: 'BASKET DASH EARNINGS' }),
    earns('support', monthly(12), [310_00n], { text: 'OREGON CHILD SUPPORT' }),
    ...home(1190_00n),
    ...subscriptions('checking'),
    ...errands('checking', 7),
    pays('cormorant', 'checking', 'in_store', often(4), [26_00n, 51_00n]),
    cash(1, 60_00n),
  ],
}

/** Paid each week, and asks for a part of it before. */
const ewaUser: LifeScript = {
  ...common,
  name: 'ewa_user',
  positions: { checking: 0 },
  startMinor: { checking: 240_00n },
  keepMinor: 240_00n,
  savingsBasisPoints: 0n,
  routines: [
    earns('millwright', weekly(5), [512_40n], { text: 'MILLWRIGHT DENTAL WEEKLY PAY' }),
    earns('early', often(4), [40_00n, 120_00n], { text: 'EARLYBIRD PAY ADVANCE' }),
    {
      ...pays('early', 'checking', 'ach', weekly(5), [80_00n], {
        text: 'EARLYBIRD PAY BACK',
        category: 'LOAN_PAYMENTS_EWA',
      }),
      id: 'early.back',
    },
    pays('alder', 'checking', 'ach', monthly(1), [760_00n]),
    pays('kestrel', 'checking', 'ach', monthly(20), [35_00n]),
    pays('grocers', 'checking', 'in_store', often(7), [12_00n, 48_00n]),
    pays('pelican', 'checking', 'in_store', often(5), [7_90n, 16_40n]),
    pays('cormorant', 'checking', 'in_store', often(4), [20_00n, 42_00n]),
    cash(2, 40_00n),
  ],
}

const yuppie: LifeScript = {
  ...common,
  name: 'yuppie',
  positions: three,
  startMinor: { checking: 6100_00n, savings: 21_400_00n, card: -980_00n },
  keepMinor: 6100_00n,
  savingsBasisPoints: 420n,
  routines: [
    earns('northlight', weekly(5, 2), [3610_75n], {
      text: 'NORTHLIGHT MEDIA PAYROLL',
      category: 'INCOME_SALARY',
    }),
    ...home(2650_00n),
    ...subscriptions('card'),
    ...errands('card', 6),
    pays('lantern', 'card', 'in_store', often(9), [38_00n, 132_00n]),
    pays('cellar', 'card', 'in_store', often(3), [24_00n, 88_00n]),
    pays('wheelhouse', 'card', 'online', often(11), [9_00n, 34_00n]),
    pays('tidewater', 'card', 'online', monthly(4), [89_00n]),
    pays('comb', 'card', 'in_store', often(1), [45_00n, 110_00n]),
    pays('petrel', 'card', 'online', often(1), [160_00n, 520_00n], { refundedOneIn: 12 }),
    cash(1, 80_00n),
  ],
}

const smallBusiness: LifeScript = {
  ...common,
  name: 'small_business',
  positions: three,
  startMinor: { checking: 18_200_00n, savings: 25_000_00n, card: -1420_00n },
  keepMinor: 18_000_00n,
  savingsBasisPoints: 330n,
  routines: [
    earns('till', weekly(2), [2900_00n, 5200_00n], { text: 'TILL AND TALLY SALES DEPOSIT' }),
    {
      ...earns('till', weekly(5), [4100_00n, 7300_00n], { text: 'TILL AND TALLY SALES DEPOSIT' }),
      id: 'till.weekend',
    },
    pays('ledgerly', 'checking', 'ach', weekly(5, 2), [6240_00n], { text: 'LEDGERLY PAYROLL STAFF' }),
    pays('alder', 'checking', 'ach', monthly(1), [3400_00n], { text: 'ALDER PROPERTY SHOP 12' }),
    pays('power', 'checking', 'ach', monthly(11), [240_00n, 420_00n]),
    pays('fiber', 'checking', 'ach', monthly(17), [119_00n]),
    pays('stonebridge', 'checking', 'ach', monthly(6), [310_00n]),
    pays('barn', 'card', 'in_store', often(6), [120_00n, 640_00n]),
    pays('tern', 'card', 'online', often(5), [40_00n, 380_00n], { refundedOneIn: 9 }),
    pays('cormorant', 'card', 'in_store', often(5), [38_00n, 84_00n]),
  ],
}

export const moreScripts: readonly LifeScript[] = [bankIncome, ewaUser, yuppie, smallBusiness]
