import classes from './Change.module.css'
import { directionOf, percentInWords, priceInWords, signedUsdInWords } from './figures.ts'

interface ChangeProps {
  /** Dollars as wire text; left out where only the percentage matters. */
  usd?: string
  fraction?: string | null
  size?: 'sm' | 'md'
}

const arrows = { up: '▲', down: '▼', flat: '–' }
const words = { up: 'up', down: 'down', flat: 'unchanged' }

/** A gain or loss with arrow, sign and colour; the word for those who hear it. */
export function Change({ usd, fraction, size = 'md' }: ChangeProps) {
  const direction = directionOf(usd ?? fraction ?? '0')
  const sign = direction === 'up' ? '+' : direction === 'down' ? '−' : ''
  return (
    <span className={classes.change} data-direction={direction} data-size={size}>
      <span aria-hidden="true" className={classes.arrow}>
        {arrows[direction]}
      </span>
      <span className={classes.spoken}>{words[direction]}</span>
      {usd !== undefined && <span>{signedUsdInWords(usd)}</span>}
      {fraction != null && (
        <span>
          {usd === undefined ? `${sign}${percentInWords(fraction)}` : `(${percentInWords(fraction)})`}
        </span>
      )}
    </span>
  )
}

/** A price, right-aligned by its column. */
export function Price({ value }: { value: string }) {
  return <span className={classes.figure}>{priceInWords(value)}</span>
}
