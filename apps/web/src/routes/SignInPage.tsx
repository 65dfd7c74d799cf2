import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { changePerson } from '../api/session.ts'
import { SignInForm } from '../features/identity/SignInForm.tsx'
import { TextLink } from '../ui/links.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { PublicFrame } from './PublicFrame.tsx'

export function SignInPage() {
  const { next } = useSearch({ from: '/signin' })
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return (
    <PublicFrame>
      <PageHeading
        title="Sign in"
        {...(next === undefined ? {} : { note: 'Then you go on to the page that you asked for.' })}
      />
      <SignInForm
        onSignedIn={(me) => {
          changePerson(queryClient, me)
          if (next === undefined) navigate({ to: '/home' })
          else navigate({ href: next })
        }}
      />
      <Text size="sm" mt="md">
        New here?{' '}
        <TextLink to="/signup" underline="always">
          Open an account
        </TextLink>
      </Text>
    </PublicFrame>
  )
}
