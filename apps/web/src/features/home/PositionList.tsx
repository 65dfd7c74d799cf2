import type { Position } from '@paddock/platform-wire'
import { symbolInPath } from '../../api/market.ts'
import { Change } from '../../ui/Change.tsx'
import { priceInWords, quantityInWords, usdInWords } from '../../ui/figures.ts'
import { RowLink } from '../../ui/links.tsx'
import classes from './PositionList.module.css'

/** What the customer holds; on a phone each row becomes a card of four figures. */
export function PositionList({ positions }: { positions: readonly Position[] }) {
  return (
    <>
      <div className={classes.head} aria-hidden="true">
        <span>Asset</span>
        <span>Quantity</span>
        <span>Price</span>
        <span>Value and gain</span>
      </div>
      <ul className={classes.list}>
        {positions.map((position) => (
          <li key={position.symbol}>
            <RowLink
              to="/invest/$symbol"
              params={{ symbol: symbolInPath(position.symbol) }}
              className={classes.row}
            >
              <span className={classes.what}>
                <span className={classes.symbol}>{position.symbol}</span>
                <span className={classes.small}>{position.name}</span>
              </span>
              <span className={classes.quantity}>
                {quantityInWords(position.qty)}
                <span className={classes.unit}>
                  {position.asset_class === 'crypto' ? ' coins' : ' shares'}
                </span>
              </span>
              <span className={classes.price}>
                {priceInWords(position.current_price)}
                <Change fraction={position.change_today_fraction} size="sm" />
              </span>
              <span className={classes.value}>
                <span className={classes.symbol}>{usdInWords(position.market_value)}</span>
                <Change usd={position.unrealized_pl} fraction={position.unrealized_pl_fraction} size="sm" />
              </span>
            </RowLink>
          </li>
        ))}
      </ul>
    </>
  )
}
