import { Anchor, type AnchorProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type AnchorElementProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> &
  AnchorProps & { ref?: Ref<HTMLAnchorElement> }

function PlainAnchor(props: AnchorElementProps) {
  return <Anchor {...props} />
}

function BareAnchor({ children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...rest}>{children}</a>
}

/** A link inside the app, in the colour of links. */
export const TextLink = createLink(PlainAnchor)

/** A link without a look of its own: rows and cards. */
export const RowLink = createLink(BareAnchor)
