import { disc, h, heading, show } from '../dom.js'

const titles = {
  device: 'Where should the code be sent?',
  code: 'Enter your code',
  questions: 'Answer your bank’s questions',
  selections: 'Choose your answers',
}

/** The bank's second step: a device, a code, questions to answer or answers to choose. */
export function showMfa({ institution, step, problem, onSubmit }) {
  const fields = step.questions.map((question, index) =>
    question.options.length > 0
      ? choice(question, index, step.type)
      : typed(question, index, step.type, problem !== undefined),
  )
  const next = h('button', { type: 'submit', class: 'primary' }, 'Continue')
  const form = h(
    'form',
    {
      class: 'tall',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        const empty = fields.find(({ value }) => value() === '')
        if (empty !== undefined) return empty.focus()
        next.disabled = true
        onSubmit(fields.map(({ value }) => value()))
      },
    },
    fields.map(({ element }) => element),
    h('div', { class: 'hint' }, h('span', {}, 'Sandbox: ', h('code', {}, step.hint))),
    h('div', { class: 'actions' }, next),
  )
  const rounds = step.rounds > 1 ? `Round ${step.round} of ${step.rounds}. ` : ''
  show(
    [
      h('div', { class: 'at-bank' }, disc(institution), heading(titles[step.type])),
      h('p', { class: 'muted' }, `${rounds}${institution.name} wants to be sure that it is you.`),
      problem !== undefined &&
        h(
          'p',
          { id: 'problem', class: 'problem', role: 'alert' },
          h('strong', {}, 'Not accepted. '),
          problem,
        ),
      form,
    ].filter(Boolean),
    fields[0].focusable,
  )
}

function typed({ text }, index, type, wrong) {
  const input = h('input', {
    type: 'text',
    id: `answer-${index}`,
    autocomplete: type === 'code' ? 'one-time-code' : 'off',
    inputmode: type === 'code' ? 'numeric' : false,
    autocapitalize: 'none',
    spellcheck: 'false',
    'aria-invalid': wrong ? 'true' : false,
    'aria-describedby': wrong ? 'problem' : false,
  })
  return {
    element: h('div', { class: 'field' }, h('label', { for: input.id }, text), input),
    value: () => input.value.trim(),
    focus: () => input.focus(),
    focusable: input,
  }
}

function choice({ text, options }, index, type) {
  const inputs = options.map((option) =>
    h('input', { type: 'radio', name: `answer-${index}`, value: option, checked: options.length === 1 }),
  )
  const rows = options.map((option, place) =>
    h('label', { class: 'account' }, inputs[place], h('span', { class: 'name' }, option)),
  )
  return {
    element: h('fieldset', {}, h('legend', type === 'device' ? { class: 'unseen' } : {}, text), rows),
    value: () => inputs.find(({ checked }) => checked)?.value ?? '',
    focus: () => inputs[0].focus(),
    focusable: inputs[0],
  }
}
