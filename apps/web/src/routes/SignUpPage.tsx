import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { changePerson } from '../api/session.ts'
import { SignUpForm } from '../features/identity/SignUpForm.tsx'
import { TextLink } from '../ui/links.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { PublicFrame } from './PublicFrame.tsx'

export function SignUpPage() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return (
    <PublicFrame>
      <PageHeading title="Create your account" note="The application for a brokerage account comes next." />
      <SignUpForm
        onSignedUp={(me) => {
          changePerson(queryClient, me)
          navigate({ to: '/apply/$step', params: { step: 'name' } })
        }}
      />
      <Text size="sm" mt="md">
        Already have an account?{' '}
        <TextLink to="/signin" underline="always">
          Go to sign-in
        </TextLink>
      </Text>
    </PublicFrame>
  )
}
