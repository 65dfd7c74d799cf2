import { Button, Text, Title } from '@mantine/core'
import type { Me } from '@paddock/platform-wire'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { describeProblem } from '../../api/problem-words.ts'
import { changePerson, signInAsDemo } from '../../api/session.ts'
import { Problem } from '../../ui/Problem.tsx'
import classes from './StartCards.module.css'

/** The three ways in. */
export function StartCards({ hasDemo, me }: { hasDemo: boolean; me: Me | null }) {
  const navigate = useNavigate()
  return (
    <div className={classes.cards}>
      {hasDemo && <DemoCard />}
      <StartCard
        title="Open your own account"
        text="Sign up, fill in the application (sample data is one click away), link a bank and deposit."
      >
        <Button variant={hasDemo ? 'default' : 'filled'} onClick={() => navigate({ to: '/signup' })}>
          Open an account
        </Button>
      </StartCard>
      {me === null ? (
        <StartCard
          title="Already have an account"
          text="Your application, banks, transfers and orders are where you left them."
        >
          <Button variant="default" onClick={() => navigate({ to: '/signin' })}>
            Sign in
          </Button>
        </StartCard>
      ) : (
        <StartCard title="You are signed in" text={me.user.email}>
          <Button variant="default" onClick={() => navigate({ to: '/home' })}>
            Go to Home
          </Button>
        </StartCard>
      )}
    </div>
  )
}

function DemoCard() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const enter = useMutation({
    mutationFn: signInAsDemo,
    async onSuccess(me) {
      changePerson(queryClient, me)
      await navigate({ to: '/home' })
    },
  })
  return (
    <StartCard
      title="Explore the demo"
      text="Ada has a funded account, a linked bank and a few positions. Buy, sell and move money as her."
    >
      <Button loading={enter.isPending} onClick={() => enter.mutate()}>
        Enter as Ada, funded
      </Button>
      {enter.error && <Problem problem={describeProblem(enter.error)} />}
    </StartCard>
  )
}

function StartCard({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className={classes.card}>
      <Title order={2} size="h2">
        {title}
      </Title>
      <Text c="dimmed" className={classes.text}>
        {text}
      </Text>
      {children}
    </section>
  )
}
