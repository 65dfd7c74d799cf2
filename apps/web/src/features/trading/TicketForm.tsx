import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { formatUsd } from '@paddock/money'
import { Facts } from '../../ui/Facts.tsx'
import { priceInWords, quantityInWords, usdInWords } from '../../ui/figures.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { timeInWords } from '../../ui/time.ts'
import { type Estimate, estimateOrder, type Unit } from './estimate.ts'
import type { OrderTicketProps } from './OrderTicket.tsx'
import type { ReviewedOrder } from './TicketReview.tsx'

export interface TicketDraft {
  unit: Unit
  typed: string
}

type TicketFormProps = Omit<OrderTicketProps, 'orders'> & {
  draft: TicketDraft
  onDraft: (draft: TicketDraft) => void
  onReview: (reviewed: ReviewedOrder) => void
}

const sides = [
  { value: 'buy', name: 'Buy' },
  { value: 'sell', name: 'Sell' },
] as const

const unitsFor = (assetClass: string) =>
  [
    { value: 'dollars', name: 'Dollars' },
    { value: 'shares', name: assetClass === 'crypto' ? 'Coins' : 'Shares' },
  ] as const

/** Side, amount in dollars or shares, and what it comes to. Enter goes to the review, never further. */
export function TicketForm(props: TicketFormProps) {
  const { asset, balances, position, side, draft, onSide, onDraft, onReview, onDeposit } = props
  const available = position?.qty_available ?? '0'
  const estimate = estimateOrder({ side, ...draft }, asset, {
    buyingPower: balances?.buying_power,
    quantityAvailable: available,
  })
  const isBlank = draft.typed.trim() === ''
  const units = unitsFor(asset.asset_class)
  const isShort = estimate.missingMinor !== undefined
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const { amountMinor, quantityNano, whyNot } = estimate
        if (whyNot === undefined && amountMinor !== undefined && quantityNano !== undefined) {
          onReview({ side, unit: draft.unit, amountMinor, quantityNano, price: asset.quote.price })
        }
      }}
    >
      <Stack>
        <Toggle label="Side" value={side} options={sides} onChange={onSide} />
        {asset.fractionable && (
          <Toggle
            label="Order in"
            value={draft.unit}
            options={units}
            onChange={(unit) => onDraft({ unit, typed: convert(unit, estimate) })}
          />
        )}
        <TextInput
          label={draft.unit === 'dollars' ? 'Amount in dollars' : `Amount in ${units[1].name.toLowerCase()}`}
          inputMode="decimal"
          autoComplete="off"
          placeholder={draft.unit === 'dollars' ? '0.00' : '0'}
          value={draft.typed}
          {...(draft.unit === 'dollars' ? { leftSection: '$' } : {})}
          onChange={(event) => onDraft({ ...draft, typed: event.currentTarget.value })}
          error={isBlank || isShort ? undefined : estimate.whyNot}
        />
        {side === 'sell' && available !== '0' && (
          <Group>
            <Button
              variant="default"
              radius="xl"
              size="compact-md"
              fz="sm"
              onClick={() => onDraft({ unit: 'shares', typed: available })}
            >
              Sell all
            </Button>
          </Group>
        )}
        {isShort && (
          <NotEnough estimate={estimate} buyingPower={balances?.buying_power} onDeposit={onDeposit} />
        )}
        <Facts facts={factsOf(props, estimate, available)} />
        <Button type="submit" disabled={estimate.whyNot !== undefined}>
          Review order
        </Button>
      </Stack>
    </form>
  )
}

/** The same order in the other unit, as far as it is known. */
function convert(unit: Unit, { amountMinor, quantityNano }: Estimate): string {
  if (unit === 'dollars') return amountMinor === undefined ? '' : formatUsd(amountMinor)
  return quantityNano === undefined ? '' : quantityInWords(quantityNano).replaceAll(',', '')
}

function factsOf({ asset, balances, side, draft }: TicketFormProps, estimate: Estimate, available: string) {
  const noun = asset.asset_class === 'crypto' ? 'coins' : 'shares'
  const about =
    draft.unit === 'dollars'
      ? {
          name: `About how many ${noun}`,
          value: estimate.quantityNano === undefined ? '–' : quantityInWords(estimate.quantityNano),
        }
      : {
          name: side === 'buy' ? 'Costs about' : 'Brings about',
          value: estimate.amountMinor === undefined ? '–' : usdInWords(estimate.amountMinor),
        }
  return [
    about,
    {
      name: side === 'buy' ? 'Price to buy' : 'Price to sell',
      value: priceInWords(side === 'buy' ? asset.quote.ask : asset.quote.bid),
      note: `as of ${timeInWords(asset.quote.at)}`,
    },
    { name: 'Commission', value: '$0.00' },
    side === 'buy'
      ? { name: 'Buying power', value: balances ? usdInWords(balances.buying_power) : '–' }
      : { name: `You can sell`, value: `${quantityInWords(available)} ${asset.symbol}` },
  ]
}

interface NotEnoughProps {
  estimate: Estimate
  buyingPower: string | undefined
  onDeposit: (amount: string) => void
}

function NotEnough({ estimate, buyingPower, onDeposit }: NotEnoughProps) {
  const missing = estimate.missingMinor
  if (missing === undefined || estimate.amountMinor === undefined) return null
  return (
    <Notice tone="wheat" title="Not enough buying power.">
      <Text size="sm">
        This order needs about {usdInWords(estimate.amountMinor)}. You have{' '}
        {usdInWords(buyingPower ?? '0.00')}.
      </Text>
      <Group>
        <Button size="compact-sm" onClick={() => onDeposit(formatUsd(missing))}>
          Deposit {usdInWords(missing)}
        </Button>
      </Group>
    </Notice>
  )
}
