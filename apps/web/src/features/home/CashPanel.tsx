import type { Account } from '@paddock/platform-wire'
import { usdInWords } from '../../ui/figures.ts'
import { Panel } from '../../ui/Panel.tsx'
import classes from './CashPanel.module.css'

/** Three numbers that people take for one, each with what it means. */
export function CashPanel({ balances }: { balances: NonNullable<Account['balances']> }) {
  const figures = [
    {
      name: 'Buying power',
      amount: balances.buying_power,
      means: 'What you can invest now. Open orders have taken their part.',
    },
    {
      name: 'Settled cash',
      amount: balances.cash_settled,
      means: 'Cash whose trades and transfers are final.',
    },
    {
      name: 'Available to withdraw',
      amount: balances.cash_withdrawable,
      means: 'What can go to your bank today. Deposits count some banking days after they settle.',
    },
  ]
  return (
    <Panel title="Cash" isFlush>
      <dl className={classes.list}>
        {figures.map(({ name, amount, means }) => (
          <div key={name} className={classes.row}>
            <dt>{name}</dt>
            <dd className={classes.amount}>{usdInWords(amount)}</dd>
            <dd className={classes.means}>{means}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
