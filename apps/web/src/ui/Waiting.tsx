import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import classes from './Waiting.module.css'

/** The shape of what is coming, shown only when it takes longer than 150 ms. */
export function WaitingRows({ rows = 4, height = 44 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="sm" className={classes.late} py="sm">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key) => (
        <Skeleton key={key} height={height} />
      ))}
    </Stack>
  )
}

export function WaitingBlock({ height }: { height: number }) {
  return (
    <div className={classes.late}>
      <VisuallyHidden>Loading</VisuallyHidden>
      <Skeleton height={height} />
    </div>
  )
}
