import { Icon, type IconName } from './Icon.tsx'
import classes from './StateChip.module.css'

interface StateChipProps {
  word: string
  tone: 'quiet' | 'sky' | 'pasture' | 'wheat' | 'ember'
  isOpen: boolean
}

const icons: Record<StateChipProps['tone'], IconName> = {
  quiet: 'dash',
  sky: 'arrow',
  pasture: 'check',
  wheat: 'alert',
  ember: 'close',
}

/** A state as icon and word; the colour only repeats them. */
export function StateChip({ word, tone, isOpen }: StateChipProps) {
  const icon = tone === 'quiet' && isOpen ? 'clock' : icons[tone]
  return (
    <span className={classes.chip} data-tone={tone}>
      <Icon name={icon} size={14} />
      {word}
    </span>
  )
}
