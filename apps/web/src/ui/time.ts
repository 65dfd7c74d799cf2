const NEW_YORK = 'America/New_York'

const dayInZone = (timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone })
const dayInNewYork = dayInZone(NEW_YORK)
const plainDay = dayInZone('UTC')
const year = new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: 'UTC' })
const timeOfDay = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: NEW_YORK,
})

/** `Tue 24 Nov`, without the comma that some systems put after the weekday. */
const withoutComma = (text: string) => text.replace(',', '').replace('Sept', 'Sep')

/** RFC 3339 → `Tue 24 Nov, 16:05 ET`: the exchange's time zone, wherever the reader is. */
export function dateTimeInWords(timestamp: string): string {
  const instantMs = Date.parse(timestamp)
  if (Number.isNaN(instantMs)) return timestamp
  return `${withoutComma(dayInNewYork.format(instantMs))}, ${timeOfDay.format(instantMs)} ET`
}

/** RFC 3339 → `16:05 ET` */
export function timeInWords(timestamp: string): string {
  const instantMs = Date.parse(timestamp)
  return Number.isNaN(instantMs) ? timestamp : `${timeOfDay.format(instantMs)} ET`
}

/** `2026-11-24` → `Tue 24 Nov` */
export function dateInWords(date: string): string {
  const instantMs = Date.parse(`${date}T12:00:00Z`)
  return Number.isNaN(instantMs) ? date : withoutComma(plainDay.format(instantMs))
}

/** `1990-04-01` → `1 Apr 1990` */
export function longDateInWords(date: string): string {
  const instantMs = Date.parse(`${date}T12:00:00Z`)
  if (Number.isNaN(instantMs)) return date
  const [, ...dayAndMonth] = withoutComma(plainDay.format(instantMs)).split(' ')
  return `${dayAndMonth.join(' ')} ${year.format(instantMs)}`
}
