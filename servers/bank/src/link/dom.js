import { markOf } from './marks.js'

/** Makes an element: `h('p', { class: 'muted' }, 'text', child)`. Text is never read as markup. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value != null) element.setAttribute(name, value)
  }
  element.append(...children.flat().filter((child) => child != null && child !== false))
  return element
}

/** A drawing of one path on the 24 × 24 grid, for the eye only. */
export function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

/** The heading that names the dialog. It takes the focus when a pane has no field to type in. */
export function heading(text) {
  return h('h1', { id: 'heading', tabindex: '-1' }, text)
}

/** A bank's mark on its colour, or its letters where it has none. */
export function disc(institution) {
  const path = markOf(institution.name)
  const inside = path === undefined ? institution.initials : icon(path)
  const element = h('span', { class: 'disc', 'aria-hidden': 'true' }, inside)
  element.style.setProperty('--disc', institution.primary_color)
  return element
}

/** Puts a pane in place of the one before and the focus where the person goes on; `null` leaves it alone. */
export function show(content, focusOn) {
  const pane = document.querySelector('#pane')
  pane.replaceChildren(...content)
  pane.scrollTop = 0
  if (focusOn === null) return
  const target = focusOn ?? pane.querySelector('#heading')
  target?.focus({ preventScroll: true })
}

/** Takes the pane off as it is, and answers the way to put it back. */
export function leavePane() {
  const content = [...document.querySelector('#pane').childNodes]
  const focused = document.activeElement
  return () => show(content, content.some((node) => node.contains(focused)) ? focused : undefined)
}

/** Tells people who do not see the page what has changed on it. */
export function announce(text) {
  document.querySelector('#announcement').textContent = text
}
