import { needsBankSite } from '../after-failure.js'
import { h, heading, icon, show } from '../dom.js'

/** What the vendor gives no words for, because an app should not need them. */
const words = {
  OAUTH_STATE_ID_ALREADY_PROCESSED: 'You have come back from your bank with this page before. Start again.',
  OAUTH_STATE_ID_NOT_FOUND: 'The way back from your bank is not known. Start again.',
  INCORRECT_LINK_TOKEN: 'You came back from your bank to another connection than you left. Start again.',
}

/** Something that cannot be mended on the pane where it happened. */
export function showFailure({ error, institution, next, onContinue }) {
  const { display_message: text, error_code: code } = error.facts
  const site = institution != null && needsBankSite(error.facts) ? institution : undefined
  show([
    h(
      'div',
      { class: 'middle', role: 'alert' },
      h('span', { class: 'seal ember', 'aria-hidden': 'true' }, icon('M12 7v6M12 16.5v.5')),
      heading('Your bank is not connected'),
      h(
        'p',
        { class: 'muted' },
        text ?? words[code] ?? 'Something went wrong on our side. Nothing was shared.',
      ),
      h('p', { class: 'muted small' }, `${code}, request ${error.requestId || 'unknown'}`),
    ),
    h(
      'div',
      { class: 'actions' },
      site &&
        h(
          'a',
          { class: 'primary', href: site.url, target: '_blank', rel: 'noopener noreferrer' },
          `Go to ${site.name}`,
        ),
      h('button', { type: 'button', class: site ? 'quiet' : 'primary', onclick: onContinue }, next),
    ),
  ])
}
