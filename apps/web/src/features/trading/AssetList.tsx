import { Text } from '@mantine/core'
import type { Assets } from '@paddock/platform-wire'
import { symbolInPath } from '../../api/market.ts'
import { Change, Price } from '../../ui/Change.tsx'
import { RowLink } from '../../ui/links.tsx'
import classes from './AssetList.module.css'

/** What can be bought, with its price now; each row opens its page. */
export function AssetList({ assets }: { assets: Assets['assets'] }) {
  return (
    <ul className={classes.list}>
      {assets.map(({ symbol, name, quote, tradable, fractionable }) => (
        <li key={symbol}>
          <RowLink to="/invest/$symbol" params={{ symbol: symbolInPath(symbol) }} className={classes.row}>
            <span className={classes.what}>
              <Text component="span" fw={600}>
                {symbol}
              </Text>
              <Text component="span" size="sm" c="dimmed" truncate>
                {name}
              </Text>
            </span>
            <span className={classes.flag}>
              {!tradable ? 'Not tradable now' : fractionable ? '' : 'Whole shares only'}
            </span>
            <span className={classes.figures}>
              {quote === null ? (
                <Text component="span" size="sm" c="dimmed">
                  No price
                </Text>
              ) : (
                <>
                  <Price value={quote.price} />
                  <Change fraction={quote.change_fraction} size="sm" />
                </>
              )}
            </span>
          </RowLink>
        </li>
      ))}
    </ul>
  )
}
