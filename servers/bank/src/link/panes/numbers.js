import { announce, h, heading, icon, show } from '../dom.js'
import { allRight, readAccountNumber, readRouting, refusal, typedField } from './typed-field.js'

/** The routing number; the bank's name appears as soon as it is complete. */
export function showRouting({ draft, lookUp, onContinue, onFailure }) {
  const routing = typedField({
    id: 'routing',
    label: 'Routing number',
    hint: 'Nine digits, at the bottom left of a check.',
    inputmode: 'numeric',
    maxlength: '14',
    value: draft.routing,
  })
  const found = h('p', { class: 'found', hidden: true })
  let looking = Promise.resolve(undefined)

  function look() {
    found.hidden = true
    const { digits, problem } = readRouting(routing.input.value)
    if (digits.length === 9 && problem !== undefined) {
      routing.tellProblem(problem)
      announce(problem)
    }
    if (problem !== undefined) return
    looking = lookUp(digits)
    looking
      .then((name) => {
        if (readRouting(routing.input.value).digits !== digits || !found.isConnected) return
        found.replaceChildren(icon('m5 12.5 4.5 4.5L19 7.5'), name ?? 'A valid routing number')
        found.hidden = false
        announce(name ?? 'A valid routing number')
      })
      .catch(() => undefined)
  }
  routing.input.addEventListener('input', look)

  const next = h('button', { type: 'submit', class: 'primary' }, 'Continue')
  const form = h(
    'form',
    {
      class: 'tall',
      novalidate: true,
      onsubmit: async (event) => {
        event.preventDefault()
        const { digits, problem } = readRouting(routing.input.value)
        if (!allRight([{ field: routing, problem }])) return
        next.disabled = true
        try {
          onContinue(digits, await looking)
        } catch (error) {
          onFailure(error)
        }
      },
    },
    check(),
    h('div', {}, routing.element, found),
    sandbox(() => {
      routing.input.value = '110000000'
      routing.tellProblem(undefined)
      look()
      next.focus()
    }, '110000000'),
    h('div', { class: 'actions' }, next),
  )
  show([heading('Your bank’s routing number'), form], routing.input)
  if (draft.routing !== '') look()
}

/** The account at that bank. Its number is typed twice: a wrong digit would be somebody else's account. */
export function showAccountNumber({ started, draft, problem, onSubmit }) {
  const number = { inputmode: 'numeric', maxlength: '24' }
  const refused = problem !== undefined
  const account = typedField({
    id: 'account',
    label: 'Account number',
    refused,
    ...number,
    value: draft.account,
  })
  const again = typedField({ id: 'again', label: 'Account number, again', ...number, value: draft.again })
  const holder = typedField({
    id: 'holder',
    label: 'Name of the account’s holder',
    autocomplete: 'name',
    autocapitalize: 'words',
    maxlength: '100',
    value: draft.holder,
  })
  const { subtypes } = started.by_hand
  const kinds = subtypes.map((subtype) =>
    h('input', {
      type: 'radio',
      name: 'subtype',
      value: subtype,
      checked: subtype === (draft.subtype ?? subtypes[0]),
    }),
  )
  const form = h(
    'form',
    {
      class: 'tall',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        const typed = readAccountNumber(account.input.value)
        const same = readAccountNumber(again.input.value).digits === typed.digits
        const name = holder.input.value.trim()
        const checks = [
          { field: account, problem: typed.problem },
          { field: again, problem: same ? undefined : 'The two numbers differ.' },
          { field: holder, problem: name === '' ? 'Whose account is it?' : undefined },
        ]
        if (!allRight(checks)) return
        const subtype = kinds.find(({ checked }) => checked).value
        onSubmit({ account: typed.digits, again: typed.digits, subtype, holder: name })
      },
    },
    account.element,
    again.element,
    h(
      'fieldset',
      { class: 'kinds' },
      h('legend', {}, 'Kind of account'),
      kinds.map((input) =>
        h('label', { class: 'account' }, input, h('span', { class: 'name' }, nameOf(input.value))),
      ),
    ),
    holder.element,
    sandbox(() => {
      for (const field of [account, again]) field.input.value = '1111222233330000'
      holder.input.value ||= 'Nora Quill'
      for (const field of [account, again, holder]) field.tellProblem(undefined)
      form.querySelector('button[type=submit]').focus()
    }, '1111222233330000'),
    h(
      'div',
      { class: 'actions' },
      h('p', { class: 'muted small' }, `${started.client_name} may send $0.01 to this account to check it.`),
      h('button', { type: 'submit', class: 'primary' }, 'Send the deposit'),
    ),
  )
  show(
    [
      heading(draft.bankName == null ? 'Your account' : `Your account at ${draft.bankName}`),
      refusal('Not found.', problem),
      form,
    ].filter(Boolean),
    account.input,
  )
}

const nameOf = (subtype) => `${subtype.charAt(0).toUpperCase()}${subtype.slice(1)}`

/** Where the number stands on a check, for the eye only. */
function check() {
  return h(
    'div',
    { class: 'check', 'aria-hidden': 'true' },
    h('i'),
    h('i'),
    h('div', {}, h('span', { class: 'on' }, 'Routing'), h('span', {}, 'Account'), h('span', {}, '0101')),
  )
}

/** The sandbox has no secrets. */
export function sandbox(fill, text) {
  return h(
    'div',
    { class: 'hint' },
    h('span', {}, 'Sandbox: ', h('code', {}, text)),
    h('button', { type: 'button', class: 'link', onclick: fill }, 'Fill in'),
  )
}
