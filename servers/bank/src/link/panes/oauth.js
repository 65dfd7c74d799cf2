import { announce, disc, h, heading, show } from '../dom.js'

/** Before the bank's own page: where the person is going, and what happens there. */
export function showOauth({ institution, leavesPage, onOpen }) {
  const next = h('button', { type: 'button', class: 'primary' }, `Continue to ${institution.name}`)
  next.addEventListener('click', () => {
    next.disabled = true
    onOpen()
  })
  const where = leavesPage
    ? 'Its page takes the place of this one. Afterwards you come back here.'
    : 'Its page opens in a window of its own. This one waits for you.'
  show([
    h(
      'div',
      { class: 'middle' },
      disc(institution),
      heading(`Sign in at ${institution.name}`),
      h('p', { class: 'muted' }, 'You sign in with the bank itself and choose there what to share.'),
      h('p', { class: 'muted small' }, where),
    ),
    h('div', { class: 'actions' }, next),
  ])
}

/** The bank's window is open; Link goes on by itself when the person is done there. */
export function showWaiting({ institution, onAgain }) {
  const text = `Waiting for ${institution.name}…`
  show([
    h(
      'div',
      { class: 'middle' },
      disc(institution),
      heading(text),
      h('div', { class: 'rail', 'aria-hidden': 'true' }),
      h('p', { class: 'muted' }, 'Finish in the window of your bank. This page then goes on by itself.'),
    ),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onclick: onAgain }, 'No window? Start over at the bank'),
    ),
  ])
  announce(text)
}
