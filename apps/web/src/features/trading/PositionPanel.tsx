import type { Position } from '@paddock/platform-wire'
import { Change } from '../../ui/Change.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { priceInWords, quantityInWords, usdInWords } from '../../ui/figures.ts'
import { Panel } from '../../ui/Panel.tsx'

/** What the customer holds of this asset. */
export function PositionPanel({ position }: { position: Position }) {
  return (
    <Panel title="Your position">
      <Facts
        facts={[
          { name: 'Worth now', value: usdInWords(position.market_value) },
          { name: 'Quantity', value: quantityInWords(position.qty) },
          { name: 'Average cost', value: priceInWords(position.avg_entry_price) },
          {
            name: 'Gain or loss',
            value: <Change usd={position.unrealized_pl} fraction={position.unrealized_pl_fraction} />,
          },
          { name: 'Today', value: <Change fraction={position.change_today_fraction} /> },
        ]}
      />
    </Panel>
  )
}
