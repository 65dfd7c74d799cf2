import { Container } from '@mantine/core'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { describeProblem } from '../api/problem-words.ts'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Problem } from '../ui/Problem.tsx'

/** When a page cannot be shown at all. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <Container size="xs" py="xl" component="main" id="content" tabIndex={-1}>
      <PageHeading title="This page could not be shown" />
      <Problem
        problem={describeProblem(error)}
        onRetry={() => {
          reset()
          router.invalidate()
        }}
      />
    </Container>
  )
}
