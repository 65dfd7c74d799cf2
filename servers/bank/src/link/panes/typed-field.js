import { h } from '../dom.js'

/**
 * A labelled field with what helps to fill it in and, when it is wrong, what is wrong with it. What the
 * bank `refused` stands above the fields.
 */
export function typedField({ id, label, hint, refused = false, ...attributes }) {
  const help = hint === undefined ? false : h('p', { id: `${id}-hint`, class: 'field-hint' }, hint)
  const problem = h('p', { id: `${id}-problem`, class: 'field-problem', hidden: true })
  const input = h('input', {
    type: 'text',
    id,
    name: id,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    'aria-invalid': refused ? 'true' : false,
    'aria-describedby': [help?.id, refused && 'problem'].filter(Boolean).join(' ') || false,
    ...attributes,
  })

  /** Shows what is wrong, or with nothing that all is well. */
  function tellProblem(text) {
    problem.textContent = text ?? ''
    problem.hidden = text === undefined
    if (text === undefined) input.removeAttribute('aria-invalid')
    else input.setAttribute('aria-invalid', 'true')
    const described = [help?.id, text !== undefined && problem.id].filter(Boolean).join(' ')
    if (described === '') input.removeAttribute('aria-describedby')
    else input.setAttribute('aria-describedby', described)
  }

  input.addEventListener('input', () => tellProblem(undefined))
  return {
    input,
    tellProblem,
    element: h('div', { class: 'field' }, h('label', { for: id }, label), input, help, problem),
  }
}

/** Shows the problem of each field that has one; true when none has. */
export function allRight(checks) {
  const wrong = checks.filter(({ field, problem }) => {
    field.tellProblem(problem)
    return problem !== undefined
  })
  wrong[0]?.field.input.focus()
  return wrong.length === 0
}

/** What the bank refused, above the fields. */
export function refusal(title, text) {
  if (text === undefined) return false
  return h(
    'p',
    { id: 'problem', class: 'problem', role: 'alert' },
    h('strong', {}, `${title} `),
    text ?? 'Check what you typed.',
  )
}

const digitsOf = (text) => text.replaceAll(/[\s-]/g, '')

/** The nine digits of a routing number, the last of which follows from the others; otherwise what is wrong. */
export function readRouting(text) {
  const digits = digitsOf(text)
  if (!/^\d*$/.test(digits)) return { digits, problem: 'A routing number has digits only.' }
  if (digits.length !== 9) return { digits, problem: 'A routing number has nine digits.' }
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1]
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0)
  const problem = sum % 10 === 0 ? undefined : 'One of the digits is wrong. Compare them once more.'
  return { digits, problem }
}

export function readAccountNumber(text) {
  const digits = digitsOf(text)
  const problem = /^\d{4,17}$/.test(digits) ? undefined : 'An account number has 4 to 17 digits.'
  return { digits, problem }
}
