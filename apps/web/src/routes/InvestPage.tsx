import { Button, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type AssetClass, assetsQuery } from '../api/market.ts'
import { describeProblem } from '../api/problem-words.ts'
import { AssetList } from '../features/trading/AssetList.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Problem } from '../ui/Problem.tsx'
import { WaitingRows } from '../ui/Waiting.tsx'
import classes from './InvestPage.module.css'

const kinds = [
  { value: 'all', label: 'All' },
  { value: 'us_equity', label: 'Stocks and ETFs' },
  { value: 'crypto', label: 'Crypto' },
]

export function InvestPage() {
  const { q = '', kind } = useSearch({ from: '/customer/invest' })
  const navigate = useNavigate()
  const [typed, setTyped] = useState(q)
  const [text] = useDebouncedValue(typed.trim(), 200)
  useEffect(() => {
    navigate({
      to: '/invest',
      search: ({ q: _before, ...rest }) => (text === '' ? rest : { ...rest, q: text }),
      replace: true,
    })
  }, [text, navigate])
  const assets = useQuery(assetsQuery({ text, assetClass: kind }))
  const setKind = (value: AssetClass | undefined) =>
    navigate({
      to: '/invest',
      search: { ...(text === '' ? {} : { q: text }), ...(value === undefined ? {} : { kind: value }) },
      replace: true,
    })
  return (
    <Stack className={classes.page}>
      <PageHeading title="Invest" note="Stocks, ETFs and crypto, from one dollar." />
      <div className={classes.search}>
        <TextInput
          type="search"
          aria-label="Search by name or symbol"
          placeholder="Search by name or symbol"
          leftSection={<Icon name="search" />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Kind"
          data={kinds}
          value={kind ?? 'all'}
          onChange={(value) => setKind(value === 'all' ? undefined : (value as AssetClass))}
        />
      </div>
      {assets.error && <Problem problem={describeProblem(assets.error)} onRetry={() => assets.refetch()} />}
      {assets.isLoading && <WaitingRows rows={8} height={52} />}
      {assets.data?.length === 0 && (
        <Panel>
          <EmptyState icon="search" text={`Nothing is found for “${text}”.`}>
            <Button variant="default" onClick={() => setTyped('')}>
              Clear the search
            </Button>
          </EmptyState>
        </Panel>
      )}
      {assets.data && assets.data.length > 0 && (
        <Panel isFlush>
          <AssetList assets={assets.data} />
        </Panel>
      )}
      <Text size="sm" c="dimmed" role="status">
        {assets.data && text !== '' ? `${assets.data.length} found` : ''}
      </Text>
    </Stack>
  )
}
