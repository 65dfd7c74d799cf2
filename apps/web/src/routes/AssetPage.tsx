import { Button, Drawer, Group, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { AssetDetail } from '@paddock/platform-wire'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { accountQuery, positionsQuery } from '../api/account.ts'
import { assetQuery, clockQuery } from '../api/market.ts'
import { ordersQuery } from '../api/orders.ts'
import { describeProblem } from '../api/problem-words.ts'
import { meQuery } from '../api/session.ts'
import { isOpenOrder, isReadyAccount } from '../api/state-words.ts'
import { OrderList } from '../features/trading/OrderList.tsx'
import { OrderTicket } from '../features/trading/OrderTicket.tsx'
import { PositionPanel } from '../features/trading/PositionPanel.tsx'
import { PricePanel } from '../features/trading/PricePanel.tsx'
import { Change, Price } from '../ui/Change.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Problem } from '../ui/Problem.tsx'
import { dateTimeInWords } from '../ui/time.ts'
import { WaitingBlock } from '../ui/Waiting.tsx'
import classes from './AssetPage.module.css'
import { NotReadyNotice } from './NotReadyNotice.tsx'

export function AssetPage() {
  const { symbol } = useParams({ from: '/customer/invest/$symbol' })
  const asset = useQuery(assetQuery(symbol))
  if (asset.data === undefined) {
    return asset.error === null ? (
      <WaitingBlock height={480} />
    ) : (
      <>
        <PageHeading title={symbol} />
        <Problem problem={describeProblem(asset.error)} onRetry={() => asset.refetch()} />
      </>
    )
  }
  return <Asset asset={asset.data} pathSymbol={symbol} key={symbol} />
}

function Asset({ asset, pathSymbol }: { asset: AssetDetail; pathSymbol: string }) {
  const search = useSearch({ from: '/customer/invest/$symbol' })
  const navigate = useNavigate({ from: '/invest/$symbol' })
  const { data: me } = useSuspenseQuery(meQuery)
  const isReady = isReadyAccount(me?.account?.status)
  const positions = useQuery({ ...positionsQuery, enabled: isReady })
  const position = positions.data?.find((held) => held.symbol === asset.symbol)
  const orders = useQuery({ ...ordersQuery, enabled: isReady })
  const open = orders.data?.filter((order) => order.symbol === asset.symbol && isOpenOrder(order)) ?? []
  return (
    <div className={classes.page}>
      <div className={classes.main}>
        <AssetHeading asset={asset} />
        <PricePanel
          pathSymbol={pathSymbol}
          range={search.range ?? '1D'}
          isTable={search.view === 'table'}
          onRange={(range) => navigate({ search: (before) => ({ ...before, range }), replace: true })}
          onTable={(isTable) =>
            navigate({
              search: ({ view: _before, ...rest }) => (isTable ? { ...rest, view: 'table' } : rest),
              replace: true,
            })
          }
        />
        {position && <PositionPanel position={position} />}
        {open.length > 0 && (
          <Panel title="Open orders" isFlush>
            <OrderList orders={open} />
          </Panel>
        )}
      </div>
      <div className={classes.side}>
        {isReady ? (
          <Ticket asset={asset} pathSymbol={pathSymbol} />
        ) : (
          <NotReadyNotice account={me?.account ?? null} />
        )}
      </div>
    </div>
  )
}

function AssetHeading({ asset }: { asset: AssetDetail }) {
  const clock = useQuery(clockQuery)
  return (
    <div>
      <PageHeading title={asset.symbol} note={asset.name} isName />
      <Group align="baseline" gap="sm" mt={-8}>
        <Text size="xl" fw={620}>
          <Price value={asset.quote.price} />
        </Text>
        <Change fraction={asset.quote.change_fraction} />
        <Text size="sm" c="dimmed">
          since the last close
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {dateTimeInWords(asset.quote.at)}
        {clock.data && !clock.data.market_open && asset.asset_class !== 'crypto'
          ? ` · Market closed: orders wait until ${dateTimeInWords(clock.data.next_open)}`
          : ''}
      </Text>
    </div>
  )
}

/** Docked beside the chart; on a phone a sheet behind two buttons. */
function Ticket({ asset, pathSymbol }: { asset: AssetDetail; pathSymbol: string }) {
  const isPhone = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false })
  const { side = 'buy' } = useSearch({ from: '/customer/invest/$symbol' })
  const navigate = useNavigate({ from: '/invest/$symbol' })
  const account = useQuery(accountQuery)
  const positions = useQuery(positionsQuery)
  const orders = useQuery(ordersQuery)
  const [isOpen, setIsOpen] = useState(false)
  const setSide = (next: 'buy' | 'sell') =>
    navigate({ search: (before) => ({ ...before, side: next }), replace: true })
  const ticket = (
    <OrderTicket
      asset={asset}
      balances={account.data?.balances}
      position={positions.data?.find((held) => held.symbol === asset.symbol)}
      orders={orders.data ?? []}
      side={side}
      onSide={setSide}
      onDeposit={(amount) =>
        navigate({
          to: '/transfer',
          search: { dir: 'deposit', amount, next: `/invest/${pathSymbol}?side=buy` },
        })
      }
    />
  )
  if (!isPhone) return <Panel title={`Trade ${asset.symbol}`}>{ticket}</Panel>
  const openAs = (next: 'buy' | 'sell') => {
    setSide(next)
    setIsOpen(true)
  }
  return (
    <>
      <div className={classes.bar}>
        <Button flex={1} onClick={() => openAs('buy')}>
          Buy
        </Button>
        <Button flex={1} variant="default" onClick={() => openAs('sell')}>
          Sell
        </Button>
      </div>
      <Drawer
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        position="bottom"
        classNames={{ content: classes.sheet ?? '' }}
        title={`Trade ${asset.symbol}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {ticket}
      </Drawer>
    </>
  )
}
