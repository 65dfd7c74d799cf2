import { h, heading, icon, show } from '../dom.js'

/** Something that cannot be mended on the pane where it happened. */
export function showFailure({ error, next, onContinue }) {
  const { display_message: text, error_code: code } = error.facts
  show([
    h(
      'div',
      { class: 'middle', role: 'alert' },
      h('span', { class: 'seal ember', 'aria-hidden': 'true' }, icon('M12 7v6M12 16.5v.5')),
      heading('Your bank is not connected'),
      h('p', { class: 'muted' }, text ?? 'Something went wrong on our side. Nothing was shared.'),
      h('p', { class: 'muted small' }, `${code}, request ${error.requestId || 'unknown'}`),
    ),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'primary', onclick: onContinue }, next),
    ),
  ])
}
