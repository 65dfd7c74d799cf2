import { disc, h, heading, show } from '../dom.js'

/** Username and password at the chosen bank; after a refusal the words of the bank stand above them. */
export function showCredentials({ institution, problem, isUpdateMode, onSubmit }) {
  const invalid = problem === undefined ? false : 'true'
  const described = problem === undefined ? false : 'problem'
  const username = h('input', {
    type: 'text',
    id: 'username',
    name: 'username',
    autocomplete: 'username',
    autocapitalize: 'none',
    spellcheck: 'false',
    required: true,
    'aria-invalid': invalid,
    'aria-describedby': described,
    value: problem?.username ?? '',
  })
  const password = h('input', {
    type: 'password',
    id: 'password',
    name: 'password',
    autocomplete: 'current-password',
    required: true,
    'aria-invalid': invalid,
    'aria-describedby': described,
  })
  const form = h(
    'form',
    {
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        if (username.value === '') username.focus()
        else if (password.value === '') password.focus()
        else onSubmit({ username: username.value, password: password.value })
      },
    },
    h('div', { class: 'field' }, h('label', { for: 'username' }, 'Username'), username),
    h('div', { class: 'field' }, h('label', { for: 'password' }, 'Password'), password),
    h('button', { type: 'submit', class: 'primary' }, 'Sign in'),
  )
  show(
    [
      h(
        'div',
        { class: 'at-bank' },
        disc(institution),
        heading(isUpdateMode ? `Sign in again at ${institution.name}` : `Sign in at ${institution.name}`),
      ),
      problem &&
        h(
          'p',
          { id: 'problem', class: 'problem', role: 'alert' },
          h('strong', {}, 'Not signed in. '),
          problem.text ?? 'The bank did not accept this.',
        ),
      form,
      hint(username, password),
    ].filter(Boolean),
    problem === undefined ? username : password,
  )
}

/** The sandbox has no secrets. */
function hint(username, password) {
  const fill = () => {
    username.value = 'user_good'
    password.value = 'pass_good'
    password.form.querySelector('button[type=submit]').focus()
  }
  return h(
    'div',
    { class: 'hint' },
    h('span', {}, 'Sandbox: ', h('code', {}, 'user_good'), ' and ', h('code', {}, 'pass_good')),
    h('button', { type: 'button', class: 'link', onclick: fill }, 'Fill in'),
  )
}
