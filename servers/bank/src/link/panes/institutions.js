import { announce, disc, h, heading, icon, show } from '../dom.js'

const PAUSE_MS = 150

/** The list of banks. Arrow keys move from the field into the list and through it. */
export function showInstitutions(options) {
  const { session, query, embedded, country, countries, onFound, onFailure } = options
  const { onSearch, onCountry, onSelect, onByHand } = options
  const field = h('input', {
    type: 'search',
    id: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'Bank name',
    value: query,
  })
  const where = h('select', { id: 'country' }, h('option', { value: '' }, 'All'))
  for (const { code, name } of countries) {
    where.append(h('option', { value: code, selected: code === country }, name))
  }
  const list = h('ul', { class: 'banks', 'aria-label': 'Banks' })
  const nothing = h('div', { class: 'none', hidden: true })
  const clear = () => {
    field.value = ''
    field.focus()
    refresh()
  }
  let latest = 0
  let timer

  async function refresh() {
    latest += 1
    const mine = latest
    try {
      const { institutions } = await session.call('institutions', {
        query: field.value,
        country_code: where.value || null,
      })
      if (mine !== latest || !list.isConnected) return
      list.replaceChildren(...institutions.map((institution) => row(institution, onSelect)))
      onFound(institutions.length)
      nothing.hidden = institutions.length > 0
      nothing.replaceChildren(...noMatch(field.value, onByHand, clear))
      announce(institutions.length === 1 ? '1 bank' : `${institutions.length} banks`)
    } catch (error) {
      if (mine === latest && list.isConnected) onFailure(error)
    }
  }

  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (field.value.trim() !== '') onSearch(field.value.trim())
      refresh()
    }, PAUSE_MS)
  })
  where.addEventListener('change', () => {
    onCountry(where.value)
    refresh()
  })
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') moveTo(event, list.querySelector('button'))
  })
  list.addEventListener('keydown', (event) => step(event, list, field))

  show(
    [
      heading('Choose your bank'),
      h(
        'div',
        { class: 'finder' },
        h('div', { class: 'field' }, h('label', { for: 'search' }, 'Search'), field),
        countries.length > 1 &&
          h('div', { class: 'field' }, h('label', { for: 'country' }, 'Country'), where),
      ),
      list,
      nothing,
      onByHand &&
        h(
          'div',
          { class: 'actions by-hand' },
          'Bank not listed?',
          h('button', { type: 'button', class: 'link', onclick: onByHand }, 'Enter account numbers'),
        ),
    ].filter(Boolean),
    // Inside the app's page the list must not take the focus from what the person is doing.
    embedded ? null : field,
  )
  refresh()
}

function noMatch(query, onByHand, clear) {
  const otherwise = onByHand ? ', or enter your account numbers' : ''
  return [
    h('strong', {}, `No bank matches “${query}”`),
    h('p', { class: 'muted small' }, `Try a shorter name${otherwise}.`),
    h('button', { type: 'button', class: 'quiet', onclick: clear }, 'Show all banks'),
  ]
}

const notes = {
  HEALTHY: () => undefined,
  DEGRADED: () => h('span', { class: 'note wheat' }, 'May be slow at the moment'),
  DOWN: () => h('span', { class: 'note wheat' }, 'Not answering at the moment'),
}

function row(institution, onSelect) {
  const abroad = institution.country_name === 'United States' ? undefined : institution.country_name
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', class: 'bank', onclick: () => onSelect(institution) },
      disc(institution),
      h(
        'span',
        {},
        h('span', { class: 'name' }, institution.name),
        abroad && h('span', { class: 'note' }, abroad),
        notes[institution.health](),
      ),
      icon('m9.5 5.5 6.5 6.5-6.5 6.5'),
    ),
  )
}

/** Arrows, Home and End inside the list; up from the first bank goes back to the field, and so does typing. */
function step(event, list, field) {
  const buttons = [...list.querySelectorAll('button')]
  const here = buttons.indexOf(document.activeElement)
  if (here === -1) return
  const types = event.key.length === 1 && event.key !== ' '
  if (types && !event.ctrlKey && !event.metaKey && !event.altKey) field.focus()
  const targets = {
    ArrowDown: buttons[here + 1],
    ArrowUp: buttons[here - 1] ?? field,
    Home: buttons[0],
    End: buttons.at(-1),
  }
  moveTo(event, targets[event.key])
}

function moveTo(event, target) {
  if (target == null) return
  event.preventDefault()
  target.focus()
}
