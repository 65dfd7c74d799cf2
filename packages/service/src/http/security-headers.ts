/**
 * What browsers are told with every answer, whoever opens it: nothing of it is sniffed, framed by others, referred to
 * or opened by foreign windows. A route that shows pages sets its own beside or over these.
 */
export const securityHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  // Browsers' own filters made holes of their own; this asks them to stay out of it.
  'x-xss-protection': '0',
} as const
