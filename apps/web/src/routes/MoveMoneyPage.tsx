import { Button, Container, Stack } from '@mantine/core'
import { formatUsd } from '@paddock/money'
import type { Transfer } from '@paddock/platform-wire'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { banksQuery, fundingBank } from '../api/banks.ts'
import { describeProblem } from '../api/problem-words.ts'
import { meQuery } from '../api/session.ts'
import { isReadyAccount } from '../api/state-words.ts'
import { transferTermsQuery } from '../api/transfers.ts'
import { MoveMoneyForm, type MoveRequest } from '../features/funding/MoveMoneyForm.tsx'
import { TransferReview } from '../features/funding/TransferReview.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Problem } from '../ui/Problem.tsx'
import { WaitingRows } from '../ui/Waiting.tsx'
import { NotReadyNotice } from './NotReadyNotice.tsx'

export function MoveMoneyPage() {
  const { data: me } = useSuspenseQuery(meQuery)
  const isReady = isReadyAccount(me?.account?.status)
  return (
    <Container size={480} px={0}>
      <PageHeading title="Move money" />
      {isReady ? <MoveMoney /> : <NotReadyNotice account={me?.account ?? null} />}
    </Container>
  )
}

function MoveMoney() {
  const { dir = 'deposit', amount, next } = useSearch({ from: '/customer/transfer' })
  const banks = useQuery(banksQuery)
  const terms = useQuery(transferTermsQuery)
  const [request, setRequest] = useState<MoveRequest | undefined>()
  const [typed, setTyped] = useState(amount ?? '')
  const navigate = useNavigate()
  const error = banks.error ?? terms.error
  if (banks.data === undefined || terms.data === undefined) {
    if (error === null) return <WaitingRows rows={5} height={56} />
    return (
      <Problem
        problem={describeProblem(error)}
        onRetry={() => {
          banks.refetch()
          terms.refetch()
        }}
      />
    )
  }
  const bank = fundingBank(banks.data)
  const keepNext = next === undefined ? {} : { next }
  if (bank?.funding.status !== 'APPROVED') {
    return (
      <NoBank
        isChecking={bank !== undefined}
        onLink={() => navigate({ to: '/banks/link', search: keepNext })}
      />
    )
  }
  if (request !== undefined) {
    return (
      <TransferReview
        request={request}
        bank={bank}
        terms={terms.data}
        onEdit={() => {
          setTyped(formatUsd(request.amountMinor))
          setRequest(undefined)
        }}
        onRequested={({ id }: Transfer) =>
          navigate({ to: '/transfers/$transferId', params: { transferId: id }, search: keepNext })
        }
      />
    )
  }
  return (
    <MoveMoneyForm
      direction={dir}
      bank={bank}
      terms={terms.data}
      initialAmount={typed}
      onDirection={(direction) =>
        navigate({ to: '/transfer', search: { dir: direction, ...keepNext }, replace: true })
      }
      onReview={setRequest}
    />
  )
}

function NoBank({ isChecking, onLink }: { isChecking: boolean; onLink: () => void }) {
  return (
    <Stack>
      <Panel>
        <EmptyState
          icon="bank"
          text={
            isChecking
              ? 'The broker is checking the account with your bank. This page works as soon as it is through.'
              : 'Money moves between your bank account and Paddock. Link a bank first.'
          }
        >
          {!isChecking && <Button onClick={onLink}>Link a bank</Button>}
        </EmptyState>
      </Panel>
    </Stack>
  )
}
