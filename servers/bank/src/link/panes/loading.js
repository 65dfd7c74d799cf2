import { announce, h, heading, show } from '../dom.js'

/** Something is on its way. */
export function showLoading(text) {
  const rail = h('div', { class: 'rail', 'aria-hidden': 'true' })
  show([h('div', { class: 'middle' }, heading(text), rail)])
  announce(text)
}
