import { h, heading, icon, show } from '../dom.js'

/** Two ways to the same account. */
export function showAuthType({ onInstant, onManual }) {
  show([
    heading('How would you like to connect?'),
    h(
      'div',
      { class: 'ways' },
      way({
        drawing: 'M13 3 5 13.5h6L10 21l9-11h-6z',
        title: 'Sign in at your bank',
        text: 'Ready in a minute.',
        onclick: onInstant,
      }),
      way({
        drawing: 'M5 9h14M5 15h14M10 4 8 20M16 4l-2 16',
        title: 'Enter account numbers',
        text: 'No sign-in. You confirm a small deposit, which takes up to one business day.',
        onclick: onManual,
      }),
    ),
  ])
}

function way({ drawing, title, text, onclick }) {
  return h(
    'button',
    { type: 'button', class: 'bank way', onclick },
    h('span', { class: 'way-mark', 'aria-hidden': 'true' }, icon(drawing)),
    h('span', {}, h('span', { class: 'name' }, title), h('span', { class: 'note' }, text)),
    icon('m9.5 5.5 6.5 6.5-6.5 6.5'),
  )
}
