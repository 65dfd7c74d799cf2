import type { ReactNode } from 'react'
import classes from './Facts.module.css'

export interface Fact {
  name: string
  value: ReactNode
  note?: ReactNode
}

/** Names at the left, values at the right, hairlines between. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value, note }) => (
        <div key={name} className={classes.fact}>
          <dt>
            {name}
            {note !== undefined && <span className={classes.note}>{note}</span>}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
