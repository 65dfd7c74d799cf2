import type { ReactNode } from 'react'
import { Brand } from './Brand.tsx'
import classes from './PublicFrame.module.css'

/** The page before anybody has signed in: the name at the top, one column. */
export function PublicFrame({ children, isWide = false }: { children: ReactNode; isWide?: boolean }) {
  return (
    <>
      <header className={classes.header}>
        <Brand to="/" />
      </header>
      <main id="content" tabIndex={-1} className={classes.main} data-wide={isWide || undefined}>
        {children}
      </main>
    </>
  )
}
