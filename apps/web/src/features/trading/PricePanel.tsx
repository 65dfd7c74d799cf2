import {
  Anchor,
  Button,
  Group,
  ScrollArea,
  SegmentedControl,
  Table,
  Text,
  useComputedColorScheme,
} from '@mantine/core'
import { BarRange, type Bars } from '@paddock/platform-wire'
import { useQuery } from '@tanstack/react-query'
import { barsQuery } from '../../api/market.ts'
import { describeProblem } from '../../api/problem-words.ts'
import { priceInWords, quantityInWords } from '../../ui/figures.ts'
import { readGainColors } from '../../ui/gain-colors.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { dateInWords, dateTimeInWords } from '../../ui/time.ts'
import { WaitingBlock } from '../../ui/Waiting.tsx'
import { PriceChart } from './PriceChart.tsx'

interface PricePanelProps {
  pathSymbol: string
  range: BarRange
  isTable: boolean
  onRange: (range: BarRange) => void
  onTable: (isTable: boolean) => void
}

/** The price over time, as a line or as a table. */
export function PricePanel({ pathSymbol, range, isTable, onRange, onTable }: PricePanelProps) {
  const bars = useQuery(barsQuery(pathSymbol, range))
  const scheme = `${useComputedColorScheme('light')} ${readGainColors()}`
  const isIntraday = range === '1D' || range === '1W'
  return (
    <Panel>
      <Group justify="space-between" mb="md">
        <SegmentedControl
          size="xs"
          aria-label="Time range"
          data={[...BarRange.options]}
          value={range}
          onChange={(value) => onRange(BarRange.parse(value))}
        />
        <Button variant="subtle" size="compact-sm" aria-pressed={isTable} onClick={() => onTable(!isTable)}>
          {isTable ? 'Show as chart' : 'Show as table'}
        </Button>
      </Group>
      {bars.error && <Problem problem={describeProblem(bars.error)} onRetry={() => bars.refetch()} />}
      {bars.isLoading && <WaitingBlock height={320} />}
      {bars.data?.length === 0 && <Text c="dimmed">There are no prices for this time.</Text>}
      {bars.data && bars.data.length > 0 && isTable && <BarsTable bars={bars.data} isIntraday={isIntraday} />}
      {bars.data && bars.data.length > 0 && !isTable && (
        <>
          <PriceChart
            bars={bars.data}
            isIntraday={isIntraday}
            scheme={scheme}
            label={chartInWords(bars.data)}
          />
          <Text size="xs" c="dimmed" mt="xs">
            Chart drawn with{' '}
            <Anchor
              size="xs"
              href="https://www.tradingview.com/"
              rel="noreferrer"
              target="_blank"
              underline="always"
            >
              TradingView Lightweight Charts
            </Anchor>
          </Text>
        </>
      )}
    </Panel>
  )
}

function chartInWords(bars: Bars['bars']): string {
  const first = bars[0]
  const last = bars.at(-1)
  if (first === undefined || last === undefined) return 'Price chart'
  return `Price from ${priceInWords(first.open)} on ${dateTimeInWords(first.at)} to ${priceInWords(last.close)} on ${dateTimeInWords(last.at)}`
}

function BarsTable({ bars, isIntraday }: { bars: Bars['bars']; isIntraday: boolean }) {
  return (
    <ScrollArea h={320} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Prices as a table' }}>
      <Table stickyHeader verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Time</Table.Th>
            <Table.Th ta="right">Open</Table.Th>
            <Table.Th ta="right" visibleFrom="xs">
              High
            </Table.Th>
            <Table.Th ta="right" visibleFrom="xs">
              Low
            </Table.Th>
            <Table.Th ta="right">Close</Table.Th>
            <Table.Th ta="right" visibleFrom="xs">
              Volume
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {bars.toReversed().map((bar) => (
            <Table.Tr key={bar.at}>
              <Table.Td>{isIntraday ? dateTimeInWords(bar.at) : dateInWords(bar.at.slice(0, 10))}</Table.Td>
              <Table.Td ta="right">{priceInWords(bar.open)}</Table.Td>
              <Table.Td ta="right" visibleFrom="xs">
                {priceInWords(bar.high)}
              </Table.Td>
              <Table.Td ta="right" visibleFrom="xs">
                {priceInWords(bar.low)}
              </Table.Td>
              <Table.Td ta="right">{priceInWords(bar.close)}</Table.Td>
              <Table.Td ta="right" visibleFrom="xs">
                {quantityInWords(bar.volume)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
