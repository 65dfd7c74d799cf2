import { Button } from '@mantine/core'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './Checklist.module.css'

export interface ChecklistStep {
  name: string
  note: string
  isDone: boolean
  /** What the next step's button does; the first step that is not done shows it. */
  action?: { name: string; go: () => void } | undefined
}

/** From signed up to invested: what is done, and the one thing that is next. */
export function Checklist({ steps }: { steps: readonly ChecklistStep[] }) {
  const next = steps.find(({ isDone }) => !isDone)
  return (
    <Panel title="Getting started" isFlush>
      <ol className={classes.list}>
        {steps.map((step, index) => (
          <li
            key={step.name}
            className={classes.step}
            data-done={step.isDone || undefined}
            data-next={step === next || undefined}
          >
            <span className={classes.bullet}>
              {step.isDone ? <Icon name="check" size={14} /> : index + 1}
            </span>
            <span className={classes.words}>
              {step.name}
              <span className={classes.note}>{step.isDone ? 'Complete' : step.note}</span>
            </span>
            {step === next && step.action !== undefined && (
              <Button onClick={step.action.go}>{step.action.name}</Button>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
