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

/** A colour with an alpha, for the area under the line. */
export const withAlpha = (color: string, percent: number) =>
  `color-mix(in srgb, ${color} ${percent}%, transparent)`
