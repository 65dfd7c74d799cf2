import { VisuallyHidden } from '@mantine/core'
import { Icon, type IconName } from './Icon.tsx'
import classes from './Timeline.module.css'

export interface TimelineStep {
  name: string
  /** When it happened, or when it is expected. */
  when?: string | undefined
  note?: string | undefined
  state: 'done' | 'current' | 'ahead' | 'failed'
}

const icons: Partial<Record<TimelineStep['state'], IconName>> = { done: 'check', failed: 'close' }
const words = { done: 'Completed', current: 'Now', ahead: 'Still to come', failed: 'Stopped here' }

/** What has happened and what is still to come; future steps are hollow. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <ol className={classes.timeline}>
      {steps.map(({ name, when, note, state }) => {
        const icon = icons[state]
        return (
          <li key={name} className={classes.step} data-state={state}>
            <span className={classes.bullet}>{icon && <Icon name={icon} size={14} />}</span>
            <div>
              <VisuallyHidden>{words[state]}: </VisuallyHidden>
              <span className={classes.name}>{name}</span>
              {when !== undefined && <span className={classes.when}>{when}</span>}
              {note !== undefined && <span className={classes.when}>{note}</span>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
