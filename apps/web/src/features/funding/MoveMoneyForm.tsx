import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { formatUsd, parseUsd, type UsdMinor } from '@paddock/money'
import type { Bank, TransferTerms } from '@paddock/platform-wire'
import { useState } from 'react'
import { readTypedUsd, usdInWords } from '../../ui/figures.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import classes from './MoveMoneyForm.module.css'
import { TermsFacts } from './TermsFacts.tsx'
import { checkAmount, type MoveDirection } from './why-not.ts'

export interface MoveRequest {
  direction: MoveDirection
  amountMinor: UsdMinor
}

interface MoveMoneyFormProps {
  direction: MoveDirection
  bank: Bank & { funding: NonNullable<Bank['funding']> }
  terms: TransferTerms
  /** What was typed before, when coming back from the review or by a link. */
  initialAmount: string
  onDirection: (direction: MoveDirection) => void
  onReview: (request: MoveRequest) => void
}

const chips = ['25', '50', '100', '500'] as const
const directions = [
  { value: 'deposit', name: 'Deposit' },
  { value: 'withdraw', name: 'Withdraw' },
] as const

/** Which way, how much, and when it arrives. Enter goes to the review, never straight to the money. */
export function MoveMoneyForm(props: MoveMoneyFormProps) {
  const { direction, bank, terms, initialAmount, onDirection, onReview } = props
  const [typed, setTyped] = useState(initialAmount)
  const { amountMinor, whyNot } = checkAmount(typed, direction, terms)
  const isBlank = typed.trim() === ''
  const add = (dollars: string) =>
    setTyped(formatUsd((readTypedUsd(typed) ?? 0n) + (parseUsd(dollars) ?? 0n)).replace(/\.00$/, ''))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (whyNot === undefined && amountMinor !== undefined) onReview({ direction, amountMinor })
      }}
    >
      <Stack>
        <Toggle label="Direction" value={direction} options={directions} onChange={onDirection} />
        <Route direction={direction} bank={bank} available={terms.withdrawal.available} />
        <TextInput
          label="Amount in US dollars"
          inputMode="decimal"
          autoComplete="off"
          placeholder="0.00"
          leftSection="$"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={isBlank ? undefined : whyNot}
          classNames={{ input: classes.amount, section: classes.dollar }}
        />
        <Group gap="xs">
          {chips.map((dollars) => (
            <Button
              key={dollars}
              variant="default"
              radius="xl"
              size="compact-md"
              fz="sm"
              onClick={() => add(dollars)}
            >
              +{dollars}
            </Button>
          ))}
          {direction === 'withdraw' && (
            <Button
              variant="default"
              radius="xl"
              size="compact-md"
              fz="sm"
              onClick={() => setTyped(terms.withdrawal.available)}
            >
              All
            </Button>
          )}
        </Group>
        <Panel title="When">
          <TermsFacts direction={direction} terms={terms} />
        </Panel>
        <Button type="submit" disabled={whyNot !== undefined}>
          Review
        </Button>
        {isBlank && (
          <Text size="sm" c="dimmed" ta="center">
            Enter an amount to go on.
          </Text>
        )}
      </Stack>
    </form>
  )
}

type RouteProps = Pick<MoveMoneyFormProps, 'direction' | 'bank'> & { available: string }

function Route({ direction, bank, available }: RouteProps) {
  const linked = bank.accounts.find(({ account_id: id }) => id === bank.funding.account_id)
  const ends = [
    {
      name: `${bank.institution_name} ••${bank.funding.account_mask}`,
      note: linked?.available
        ? `${usdInWords(linked.available)} available`
        : bank.funding.account_type.toLowerCase(),
    },
    { name: 'Your Paddock account', note: `${usdInWords(available)} can be withdrawn` },
  ]
  const [from, to] = direction === 'deposit' ? ends : ends.toReversed()
  return (
    <dl className={classes.route}>
      {[
        { label: 'From', end: from },
        { label: 'To', end: to },
      ].map(({ label, end }) => (
        <div key={label} className={classes.end}>
          <dt>{label}</dt>
          <dd>
            {end?.name}
            <span className={classes.note}>{end?.note}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
