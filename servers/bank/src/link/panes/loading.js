import { announce, h, heading, show } from '../dom.js'

/** Something is on its way. */
export function showLoading(text) {
  show([h('div', { class: 'middle' }, heading(text), h('div', { class: 'rail', 'aria-hidden': 'true' }))])
  announce(text)
}
