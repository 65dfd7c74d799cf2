import { announce, h, heading, show } from '../dom.js'

/** Something is on its way. */
export function showLoading(text, more) {
  const rail = h('div', { class: 'rail', 'aria-hidden': 'true' })
  const note = more === undefined ? false : h('p', { class: 'muted' }, more)
  show([h('div', { class: 'middle' }, heading(text), rail, note)])
  announce(text)
}
