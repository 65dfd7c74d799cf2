import { Button, Code, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { CopyButton } from './CopyButton.tsx'
import { Notice } from './Notice.tsx'
import classes from './Problem.module.css'

export interface ProblemText {
  happened: string
  meaning: string | undefined
  next: string | undefined
  code: string
  requestId: string | undefined
}

interface ProblemProps {
  problem: ProblemText
  onRetry?: () => void
  children?: ReactNode
}

/** An error in three lines: what happened, what it means, what to do; ids for support under Details. */
export function Problem({ problem, onRetry, children }: ProblemProps) {
  return (
    <Notice tone="ember" title={problem.happened} isAlert>
      {problem.meaning !== undefined && <Text size="sm">{problem.meaning}</Text>}
      {problem.next !== undefined && <Text size="sm">{problem.next}</Text>}
      {children}
      {onRetry !== undefined && (
        <Group>
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
      <details className={classes.details}>
        <summary>Details</summary>
        <Text size="xs">
          Code <Code>{problem.code}</Code>
        </Text>
        {problem.requestId !== undefined && (
          <Group gap={6}>
            <Text size="xs">
              Request <Code>{problem.requestId}</Code>
            </Text>
            <CopyButton text={problem.requestId} label="Copy request id" />
          </Group>
        )}
      </details>
    </Notice>
  )
}
