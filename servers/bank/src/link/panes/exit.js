import { h, heading, show } from '../dom.js'

/** Asks before anything that was typed is lost. */
export function showExit({ onStay, onLeave }) {
  const stay = h('button', { type: 'button', class: 'primary', onclick: onStay }, 'Keep going')
  show(
    [
      h(
        'div',
        { class: 'middle' },
        heading('Leave without connecting?'),
        h('p', { class: 'muted' }, 'Nothing has been shared yet. You can start again at any time.'),
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
