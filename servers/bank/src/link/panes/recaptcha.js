import { disc, h, heading, show } from '../dom.js'

/** The bank wants to know that it is not a machine that signs in. */
export function showRecaptcha({ institution, onSubmit }) {
  const next = h('button', { type: 'submit', class: 'primary', disabled: true }, 'Continue')
  const box = h('input', {
    type: 'checkbox',
    id: 'person',
    onchange: () => {
      next.disabled = !box.checked
    },
  })
  const onsubmit = (event) => {
    event.preventDefault()
    next.disabled = true
    onSubmit()
  }
  show(
    [
      h('div', { class: 'at-bank' }, disc(institution), heading('One check before you go on')),
      h('p', { class: 'muted' }, `${institution.name} lets people in, not programs.`),
      h(
        'form',
        { class: 'tall', onsubmit },
        h('label', { class: 'account', for: 'person' }, box, h('span', { class: 'name' }, 'I am a person')),
        h('div', { class: 'actions' }, next),
      ),
    ],
    box,
  )
}
