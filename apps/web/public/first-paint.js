// Sets the colours before the first paint, so that a dark page does not flash white.
;(() => {
  const page = document.documentElement
  let chosen = null
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value')
    page.dataset.gains = localStorage.getItem('paddock-gain-colors') ?? 'green-red'
  } catch {
    // A browser without storage gets the system's colours.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  page.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
