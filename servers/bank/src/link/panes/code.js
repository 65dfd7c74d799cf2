import { h, heading, show } from '../dom.js'
import { allRight, refusal, typedField } from './typed-field.js'

/** The three letters in the description of the deposit. */
export function showCode({ institution, deposit, isInstant, problem, onSubmit }) {
  const where = `${deposit.account_name} ····${deposit.mask}`
  const letters = typedField({
    id: 'code',
    label: 'Three letters',
    refused: problem !== undefined,
    autocomplete: 'one-time-code',
    autocapitalize: 'characters',
    maxlength: '3',
    class: 'letters',
  })
  const form = h(
    'form',
    {
      class: 'tall',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        const code = letters.input.value.trim()
        const wrong = /^[a-z]{3}$/i.test(code) ? undefined : 'The code is three letters.'
        if (allRight([{ field: letters, problem: wrong }])) onSubmit(code.toUpperCase())
      },
    },
    statementLine(),
    letters.element,
    deposit.hint !== null &&
      h('div', { class: 'hint' }, h('span', {}, 'Sandbox: ', h('code', {}, deposit.hint))),
    h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'primary' }, 'Verify the account')),
  )
  show(
    [
      heading('Enter the code of the deposit'),
      h(
        'p',
        { class: 'muted' },
        isInstant
          ? `$0.01 has just arrived at ${where} at ${institution.name}. Look at its description.`
          : `$0.01 was sent to ${where} at ${institution.name}. Look at its description on your statement.`,
      ),
      refusal('Not accepted.', problem),
      form,
    ].filter(Boolean),
    letters.input,
  )
}

/** Where the code stands on a statement, for the eye only. */
export function statementLine() {
  return h(
    'div',
    { class: 'statement', 'aria-hidden': 'true' },
    h('span', {}, h('b', {}, '#•••'), ' … ACCTVERIFY'),
    h('span', {}, '+ $0.01'),
  )
}
