import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { SignUpForm } from '../features/identity/SignUpForm.tsx'
import { TextLink } from '../ui/links.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { PublicFrame } from './PublicFrame.tsx'
import { useEnter } from './use-enter.ts'

export function SignUpPage() {
  const enter = useEnter()
  const navigate = useNavigate()
  return (
    <PublicFrame>
      <PageHeading title="Create your account" note="The application for a brokerage account comes next." />
      <SignUpForm
        onSignedUp={(me) => {
          enter(me)
          navigate({ to: '/apply/$step', params: { step: 'name' } })
        }}
      />
      <Text size="sm" mt="md">
        Already have an account? <TextLink to="/signin">Go to sign-in</TextLink>
      </Text>
    </PublicFrame>
  )
}
