import { Button, Group, Text } from '@mantine/core'
import type { Account } from '@paddock/platform-wire'
import { Change } from '../../ui/Change.tsx'
import { Balance } from '../../ui/Money.tsx'

interface EquityHeadingProps {
  balances: NonNullable<Account['balances']>
  /** False while another step is the one to take. */
  isDepositNext: boolean
  onDeposit: () => void
  onWithdraw: () => void
}

/** What everything is worth together: the one large figure of the page. */
export function EquityHeading({ balances, isDepositNext, onDeposit, onWithdraw }: EquityHeadingProps) {
  return (
    <Group justify="space-between" align="flex-end">
      <div>
        <Text size="sm" c="dimmed">
          Everything together
        </Text>
        <Balance amount={balances.equity} />
        {balances.day_change_fraction === null ? (
          <Text size="sm" c="dimmed">
            No day change yet: the account was empty at the last close
          </Text>
        ) : (
          <Group gap="xs">
            <Change usd={balances.day_change} fraction={balances.day_change_fraction} />
            <Text size="sm" c="dimmed">
              since the last close
            </Text>
          </Group>
        )}
      </div>
      <Group gap="xs">
        <Button variant={isDepositNext ? 'filled' : 'default'} onClick={onDeposit}>
          Deposit
        </Button>
        <Button variant="default" onClick={onWithdraw}>
          Withdraw
        </Button>
      </Group>
    </Group>
  )
}
