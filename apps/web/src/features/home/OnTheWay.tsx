import type { Order, Transfer } from '@paddock/platform-wire'
import { orderWord, transferWord } from '../../api/state-words.ts'
import { quantityInWords, usdInWords } from '../../ui/figures.ts'
import { RowLink } from '../../ui/links.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateChip } from '../../ui/StateChip.tsx'
import { dateInWords, dateTimeInWords } from '../../ui/time.ts'
import classes from './OnTheWay.module.css'

/** Transfers and orders that are not over, each with its date. */
export function OnTheWay({
  transfers,
  orders,
}: {
  transfers: readonly Transfer[]
  orders: readonly Order[]
}) {
  return (
    <Panel title="On the way" isFlush>
      <ul className={classes.list}>
        {transfers.map((transfer) => (
          <li key={transfer.id}>
            <RowLink to="/transfers/$transferId" params={{ transferId: transfer.id }} className={classes.row}>
              <span>
                {transfer.direction === 'INCOMING' ? 'Deposit ' : 'Withdrawal '}
                {usdInWords(transfer.amount)}
                <span className={classes.when}>
                  {transfer.expected_on === null
                    ? dateTimeInWords(transfer.requested_at)
                    : `Expected ${dateInWords(transfer.expected_on)}`}
                </span>
              </span>
              <StateChip {...transferWord(transfer.status)} />
            </RowLink>
          </li>
        ))}
        {orders.map((order) => (
          <li key={order.id}>
            <RowLink to="/orders" search={{ tab: 'open' }} className={classes.row}>
              <span>
                {order.side === 'buy' ? 'Buy ' : 'Sell '}
                {order.notional === null
                  ? quantityInWords(order.qty ?? '0')
                  : `${usdInWords(order.notional)} of`}{' '}
                {order.symbol}
                <span className={classes.when}>{dateTimeInWords(order.submitted_at)}</span>
              </span>
              <StateChip {...orderWord(order.status)} />
            </RowLink>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
