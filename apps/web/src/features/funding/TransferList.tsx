import { Text } from '@mantine/core'
import type { Transfer } from '@paddock/platform-wire'
import { transferWord } from '../../api/state-words.ts'
import { Icon } from '../../ui/Icon.tsx'
import { RowLink } from '../../ui/links.tsx'
import { Flow } from '../../ui/Money.tsx'
import { StateChip } from '../../ui/StateChip.tsx'
import { dateInWords, dateTimeInWords } from '../../ui/time.ts'
import classes from './TransferList.module.css'

/** Both directions in one list; each row opens its transfer. */
export function TransferList({ transfers }: { transfers: readonly Transfer[] }) {
  return (
    <ul className={classes.list}>
      {transfers.map((transfer) => {
        const isDeposit = transfer.direction === 'INCOMING'
        return (
          <li key={transfer.id}>
            <RowLink to="/transfers/$transferId" params={{ transferId: transfer.id }} className={classes.row}>
              <span className={classes.arrow}>
                <Icon name={isDeposit ? 'down' : 'up'} />
              </span>
              <span className={classes.what}>
                <Text component="span" fw={500}>
                  {isDeposit ? 'Deposit' : 'Withdrawal'}
                </Text>
                <Text component="span" size="sm" c="dimmed">
                  {transfer.expected_on === null
                    ? dateTimeInWords(transfer.requested_at)
                    : `Expected ${dateInWords(transfer.expected_on)}`}
                </Text>
              </span>
              <span className={classes.state}>
                <StateChip {...transferWord(transfer.status)} />
              </span>
              <span className={classes.amount}>
                <Flow amount={transfer.amount} direction={isDeposit ? 'in' : 'out'} />
              </span>
            </RowLink>
          </li>
        )
      })}
    </ul>
  )
}
