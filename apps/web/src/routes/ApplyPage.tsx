import { Container } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { configQuery, meQuery } from '../api/session.ts'
import { ApplicationWizard } from '../features/application/ApplicationWizard.tsx'
import { isStep } from '../features/application/steps.ts'
import { PageHeading } from '../ui/PageHeading.tsx'

export function ApplyPage() {
  const { step } = useParams({ from: '/customer/apply/$step' })
  const { data: me } = useSuspenseQuery(meQuery)
  const { data: config } = useSuspenseQuery(configQuery)
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  if (me === null) return null
  if (me.account !== null) return <Navigate to="/apply/status" replace />
  if (!isStep(step)) return <Navigate to="/apply/$step" params={{ step: 'name' }} replace />
  return (
    <Container size={480} px={0}>
      <PageHeading
        title="Open your account"
        note="About five minutes. You need your address and tax number."
      />
      <ApplicationWizard
        user={me.user}
        step={step}
        hasSample={config.sandbox}
        onStep={(next) => navigate({ to: '/apply/$step', params: { step: next } })}
        onSubmitted={async () => {
          await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
          await navigate({ to: '/apply/status' })
        }}
      />
    </Container>
  )
}
