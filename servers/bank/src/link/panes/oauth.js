import { disc, h, heading, show } from '../dom.js'

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
