import { h, heading, show } from '../dom.js'

const unshared = 'Nothing has been shared yet. You can start again at any time.'
const unchanged = 'Your connection stays as it is. You can come back to it at any time.'

/** Asks before anything that was typed is lost. */
export function showExit({ isUpdateMode, onStay, onLeave }) {
  const stay = h('button', { type: 'button', class: 'primary', onclick: onStay }, 'Keep going')
  show(
    [
      h(
        'div',
        { class: 'middle' },
        heading(isUpdateMode ? 'Leave without finishing?' : 'Leave without connecting?'),
        h('p', { class: 'muted' }, isUpdateMode ? unchanged : unshared),
      ),
      h(
        'div',
        { class: 'actions' },
        stay,
        h('button', { type: 'button', class: 'quiet', onclick: onLeave }, 'Leave'),
      ),
    ],
    stay,
  )
}
