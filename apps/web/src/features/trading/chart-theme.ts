/** The chart draws on a canvas, so it takes the theme's variables by value. */
export function readChartColors() {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    text: read('--mantine-color-dimmed'),
    line: read('--paddock-line'),
    surface: read('--paddock-surface'),
    gain: read('--paddock-gain'),
    loss: read('--paddock-loss'),
    font: read('--mantine-font-family'),
  }
}

/** A colour of the theme (`#rrggbb`) with an alpha in percent, for the area under the line. */
export function withAlpha(color: string, percent: number): string {
  const parts = /^#(..)(..)(..)$/.exec(color)?.slice(1) ?? ['80', '80', '80']
  return `rgba(${parts.map((part) => Number.parseInt(part, 16)).join(', ')}, ${percent / 100})`
}
