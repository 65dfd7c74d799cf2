import { disc, h, heading, show } from '../dom.js'
import { sandbox } from './numbers.js'
import { allRight, readAccountNumber, readRouting, refusal, typedField } from './typed-field.js'

/** The numbers of an account that was chosen after signing in, which the bank does not tell. */
export function showMatch({ institution, chosen, draft, problem, onSubmit }) {
  const routing = typedField({
    id: 'routing',
    label: 'Routing number',
    refused: problem !== undefined,
    inputmode: 'numeric',
    maxlength: '14',
    value: draft.routing,
  })
  const account = typedField({
    id: 'account',
    label: 'Account number',
    hint: `It ends in ${chosen.mask}.`,
    refused: problem !== undefined,
    inputmode: 'numeric',
    maxlength: '24',
    value: draft.account,
  })
  const form = h(
    'form',
    {
      class: 'tall',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        const first = readRouting(routing.input.value)
        const second = readAccountNumber(account.input.value)
        const checks = [
          { field: routing, problem: first.problem },
          { field: account, problem: second.problem },
        ]
        if (allRight(checks)) onSubmit({ routing: first.digits, account: second.digits })
      },
    },
    routing.element,
    account.element,
    sandbox(() => {
      routing.input.value = '021000021'
      account.input.value = `111122223333${chosen.mask}`
      for (const field of [routing, account]) field.tellProblem(undefined)
      form.querySelector('button[type=submit]').focus()
    }, `021000021, …${chosen.mask}`),
    h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'primary' }, 'Continue')),
  )
  show(
    [
      h('div', { class: 'at-bank' }, disc(institution), heading(`The numbers of ${chosen.name}`)),
      h(
        'p',
        { class: 'muted' },
        `${institution.name} does not tell them. They stand on a check or a statement.`,
      ),
      refusal('No match.', problem),
      form,
    ].filter(Boolean),
    routing.input,
  )
}
