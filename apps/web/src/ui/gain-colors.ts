export type GainColors = 'green-red' | 'blue-orange'

const KEY = 'paddock-gain-colors'

/** Which pair of colours says gain and loss on this device. */
export function readGainColors(): GainColors {
  return document.documentElement.dataset.gains === 'blue-orange' ? 'blue-orange' : 'green-red'
}

/** Changes it at once and for the next visits; `public/first-paint.js` reads the same key. */
export function writeGainColors(colors: GainColors): GainColors {
  document.documentElement.dataset.gains = colors
  localStorage.setItem(KEY, colors)
  return colors
}
