import { Button, Checkbox, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import type { Me } from '@paddock/platform-wire'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isApiError } from '../../api/api-error.ts'
import { describeProblem } from '../../api/problem-words.ts'
import { signUp } from '../../api/session.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Problem } from '../../ui/Problem.tsx'
import classes from './SignUpForm.module.css'

const MINIMUM_LENGTH = 8

/** E-mail, password and consent. What was typed stays when the server says no. */
export function SignUpForm({ onSignedUp }: { onSignedUp: (me: Me) => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [agrees, setAgrees] = useState(false)
  const create = useMutation({
    mutationFn: () => signUp({ email: email.trim(), password }),
    onSuccess: onSignedUp,
  })
  const fieldProblem = (path: string) =>
    isApiError(create.error) ? create.error.fields.find((field) => field.path === path)?.message : undefined
  const isLong = [...password].length >= MINIMUM_LENGTH
  const whyNot = !email.includes('@')
    ? 'Enter your e-mail address'
    : !isLong
      ? `Use at least ${MINIMUM_LENGTH} characters`
      : agrees
        ? undefined
        : 'Agree to the terms first'
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (whyNot === undefined) create.mutate()
      }}
    >
      <Stack>
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="email"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={fieldProblem('email')}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={fieldProblem('password')}
          visibilityToggleButtonProps={{ 'aria-label': 'Show password', tabIndex: 0, 'aria-hidden': false }}
          description={<PasswordRule isMet={isLong} />}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        <Checkbox
          checked={agrees}
          onChange={(event) => setAgrees(event.currentTarget.checked)}
          label="I agree to the terms of this simulation: no real money, no real securities."
        />
        {create.error && <Problem problem={describeProblem(create.error)} />}
        <Button type="submit" loading={create.isPending} disabled={whyNot !== undefined}>
          Create account
        </Button>
        <Text size="xs" c="dimmed" mih={18} aria-live="polite">
          {whyNot}
        </Text>
      </Stack>
    </form>
  )
}

function PasswordRule({ isMet }: { isMet: boolean }) {
  return (
    <span className={classes.rule} data-met={isMet || undefined}>
      <Icon name={isMet ? 'check' : 'dash'} size={14} />
      At least {MINIMUM_LENGTH} characters{isMet ? ': met' : ''}
    </span>
  )
}
