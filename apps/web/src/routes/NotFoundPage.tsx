import { Container } from '@mantine/core'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TextLink } from '../ui/links.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'

export function NotFoundPage() {
  return (
    <Container size="xs" py="xl" component="main" id="content" tabIndex={-1}>
      <PageHeading title="No such page" />
      <EmptyState icon="search" text="The address is wrong, or the page has gone. Nothing was changed.">
        <TextLink to="/home">Go to Home</TextLink>
      </EmptyState>
    </Container>
  )
}
