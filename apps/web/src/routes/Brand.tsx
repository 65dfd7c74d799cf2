import { Link } from '@tanstack/react-router'
import { Mark } from '../ui/Mark.tsx'
import classes from './Brand.module.css'

/** The mark and the name, at the top of every page: the way home. */
export function Brand({ to }: { to: '/' | '/home' }) {
  return (
    <Link to={to} className={classes.brand}>
      <Mark />
      Paddock
    </Link>
  )
}
