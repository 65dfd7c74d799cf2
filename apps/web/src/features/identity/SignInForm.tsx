import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import type { Me } from '@paddock/platform-wire'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { describeProblem } from '../../api/problem-words.ts'
import { signIn } from '../../api/session.ts'
import { Problem } from '../../ui/Problem.tsx'

const EMAIL_KEY = 'paddock-email'

/** One neutral answer for a wrong e-mail and a wrong password: it comes from the server. */
export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [email, setEmail] = useState(() => localStorage.getItem(EMAIL_KEY) ?? '')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => signIn({ email: email.trim(), password }),
    onSuccess(me) {
      localStorage.setItem(EMAIL_KEY, me.user.email)
      onSignedIn(me)
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        enter.mutate()
      }}
    >
      <Stack>
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show password', tabIndex: 0, 'aria-hidden': false }}
        />
        {enter.error && <Problem problem={describeProblem(enter.error)} />}
        <Button type="submit" loading={enter.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
