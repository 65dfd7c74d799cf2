import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core'
import type { Account } from '@paddock/platform-wire'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { Temporal } from 'temporal-polyfill'
import { getSampleApplication, submitApplication } from '../../api/account.ts'
import { isApiError } from '../../api/api-error.ts'
import { describeProblem } from '../../api/problem-words.ts'
import { Problem } from '../../ui/Problem.tsx'
import { AgreementsStep } from './AgreementsStep.tsx'
import classes from './ApplicationWizard.module.css'
import { ApplicationFormProvider, useApplicationForm } from './application-form.ts'
import { DisclosuresStep } from './DisclosuresStep.tsx'
import { type ApplicationDraft, emptyDraft, toDraft } from './draft.ts'
import { dropDraft, loadDraft, saveDraft } from './draft-store.ts'
import { fieldForPath, findProblems, type Problems, problemsOfStep } from './find-problems.ts'
import { BirthStep, ContactStep, NameStep, TaxStep, TrustedStep } from './PersonSteps.tsx'
import { ReviewStep } from './ReviewStep.tsx'
import { type StepKey, stepAfter, stepBefore, stepOfField, steps } from './steps.ts'
import { toApplication } from './to-application.ts'
import { WorkStep } from './WorkStep.tsx'

interface ApplicationWizardProps {
  user: { id: string; email: string }
  step: StepKey
  hasSample: boolean
  onStep: (step: StepKey) => void
  onSubmitted: (account: Account) => void
}

const screens: Record<StepKey, () => ReactNode> = {
  name: NameStep,
  contact: ContactStep,
  birth: BirthStep,
  tax: TaxStep,
  work: WorkStep,
  disclosures: DisclosuresStep,
  trusted: TrustedStep,
  agreements: AgreementsStep,
  review: ReviewStep,
}

/** The application, one topic a step. Enter goes on, Back loses nothing, the server sees it once at the end. */
export function ApplicationWizard({ user, step, hasSample, onStep, onSubmitted }: ApplicationWizardProps) {
  const form = useApplicationForm({
    initialValues: loadDraft(user.id) ?? { ...emptyDraft, emailAddress: user.email },
    onValuesChange: (draft) => saveDraft(user.id, draft),
  })
  const submit = useSubmit(user.id, onSubmitted, (problems) => showProblems(problems))
  const sample = useMutation({
    mutationFn: getSampleApplication,
    onSuccess(application) {
      form.setValues(toDraft(application, user.email))
      form.clearErrors()
      onStep('review')
    },
  })

  function showProblems(problems: Problems) {
    form.setErrors(problems)
    const first = Object.keys(problems)[0] as keyof ApplicationDraft | undefined
    if (first !== undefined && stepOfField[first] !== step) onStep(stepOfField[first])
  }

  function goOn() {
    const problems = findProblems(form.values, Temporal.Now.plainDateISO())
    const own = step === 'review' ? problems : problemsOfStep(problems, step)
    if (Object.keys(own).length > 0) return showProblems(own)
    form.clearErrors()
    if (step === 'review') submit.mutate(form.values)
    else onStep(isComplete ? 'review' : stepAfter(step))
  }

  // Everything is there: whoever came to change one answer goes straight back.
  const isComplete = Object.keys(findProblems(form.values, Temporal.Now.plainDateISO())).length === 0
  const Screen = screens[step]
  return (
    <ApplicationFormProvider form={form}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          goOn()
        }}
      >
        <Stack gap="lg">
          <StepHeading step={step} />
          {hasSample && step !== 'review' && (
            <Group gap="sm" className={classes.sample}>
              <Button variant="default" loading={sample.isPending} onClick={() => sample.mutate()}>
                Fill with sample data
              </Button>
              <Text size="sm" c="dimmed">
                Simulation only: straight to the review.
              </Text>
            </Group>
          )}
          {sample.error && <Problem problem={describeProblem(sample.error)} />}
          <Screen />
          {submit.error && <Problem problem={describeProblem(submit.error)} />}
          <StepButtons step={step} isComplete={isComplete} isSubmitting={submit.isPending} onStep={onStep} />
        </Stack>
      </form>
    </ApplicationFormProvider>
  )
}

function StepHeading({ step }: { step: StepKey }) {
  const position = steps.findIndex(({ key }) => key === step)
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    heading.current?.focus()
  }, [step])
  return (
    <div>
      <Progress value={((position + 1) / steps.length) * 100} size="sm" mb="md" aria-label="Progress" />
      <Text size="sm" c="dimmed">
        Step {position + 1} of {steps.length}
      </Text>
      <Title order={2} ref={heading} tabIndex={-1} className={classes.title}>
        {steps[position]?.title}
      </Title>
    </div>
  )
}

interface StepButtonsProps {
  step: StepKey
  isComplete: boolean
  isSubmitting: boolean
  onStep: (step: StepKey) => void
}

function StepButtons({ step, isComplete, isSubmitting, onStep }: StepButtonsProps) {
  const previous = stepBefore(step)
  return (
    <Group justify="space-between" className={classes.buttons}>
      {previous === undefined ? (
        <span />
      ) : (
        <Button variant="default" onClick={() => onStep(previous)}>
          Back
        </Button>
      )}
      <Button type="submit" loading={isSubmitting}>
        {step === 'review' ? 'Submit application' : isComplete ? 'Go to the review' : 'Continue'}
      </Button>
    </Group>
  )
}

function useSubmit(
  userId: string,
  onSubmitted: (account: Account) => void,
  onProblems: (problems: Problems) => void,
) {
  return useMutation({
    mutationFn: (draft: ApplicationDraft) => submitApplication(toApplication(draft)),
    onSuccess(account) {
      dropDraft(userId)
      onSubmitted(account)
    },
    onError(error) {
      if (!isApiError(error)) return
      const problems: Problems = {}
      for (const { path, message } of error.fields) {
        const field = fieldForPath(path)
        if (field !== undefined) problems[field] ??= message
      }
      onProblems(problems)
    },
  })
}
