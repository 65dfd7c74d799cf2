import { Text } from '@mantine/core'
import { Timeline } from '../../ui/Timeline.tsx'
import classes from './ExampleDeposit.module.css'

/** What the claim looks like in the product: one deposit with its dates. */
export function ExampleDeposit() {
  return (
    <figure className={classes.card}>
      <figcaption className={classes.head}>
        <Text component="span" size="sm" c="dimmed">
          Example: a deposit on its way
        </Text>
        <Text component="span" size="xl" fw={620}>
          $1,000.00
        </Text>
      </figcaption>
      <Timeline
        steps={[
          { name: 'Requested', when: 'Mon 23 Nov, 11:20 ET', state: 'done' },
          { name: 'Sent to your bank', when: 'Mon 23 Nov, 14:00 ET', state: 'current' },
          { name: 'Settled: in your account', when: 'Expected Tue 24 Nov', state: 'ahead' },
          { name: 'Can be withdrawn again', when: 'From Wed 2 Dec', state: 'ahead' },
        ]}
      />
    </figure>
  )
}
