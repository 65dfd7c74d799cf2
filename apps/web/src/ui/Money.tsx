import { VisuallyHidden } from '@mantine/core'
import { usdInWords } from './figures.ts'
import classes from './Money.module.css'

/** Dollars that came in or went out: incomes plain, expenses in ember with a minus and the word. */
export function Flow({ amount, direction }: { amount: string; direction: 'in' | 'out' }) {
  return (
    <span className={classes.flow} data-direction={direction}>
      <VisuallyHidden>{direction === 'in' ? 'Money in: ' : 'Money out: '}</VisuallyHidden>
      {direction === 'in' ? '' : '−'}
      {usdInWords(amount)}
    </span>
  )
}

/** The one figure that a screen is about. */
export function Balance({ amount }: { amount: string }) {
  const [whole, cents] = usdInWords(amount).split('.')
  return (
    <span className={classes.balance}>
      {whole}
      <span className={classes.cents}>.{cents}</span>
    </span>
  )
}
