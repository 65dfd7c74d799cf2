/** Ids of things that exist, by what they are: `account`, `order`, … Collected from answers on the way. */
export class LiveIds {
  readonly #ids = new Map<string, string[]>()
  #fresh = 0

  add(kind: string, id: string): void {
    const known = this.#ids.get(kind) ?? []
    this.#ids.set(kind, known)
    if (known.length < MAX_OF_A_KIND && !known.includes(id)) known.push(id)
  }

  all(kind: string): readonly string[] {
    return this.#ids.get(kind) ?? []
  }

  /** A third of all picks is the very first, which belongs to the first account; another third has everything too. */
  pick(kind: string, choice: number): string {
    const known = this.#ids.get(kind) ?? []
    const among = [1, Math.min(FEW, known.length), known.length][choice % 3] ?? 1
    return known[Math.floor(choice / 3) % among] ?? NOBODY
  }

  /** Remembers what an answer of `GET` or `POST` on a collection calls its `id`. */
  collect(path: string, body: unknown): void {
    const kind = kindOf(path.split('/').at(-1) ?? '')
    const rows = Array.isArray(body)
      ? body
      : [
          body,
          ...Object.values(body ?? {})
            .filter(Array.isArray)
            .flat(),
        ]
    for (const row of rows.slice(0, 20)) {
      const { id } = (row ?? {}) as { id?: unknown }
      if (typeof id === 'string') this.add(kind, id)
    }
  }

  /** Puts ids in place of `@live(kind,choice)`, and what nobody said before in place of `@fresh()`. */
  resolve(text: string): string {
    if (!text.includes('@live(') && !text.includes('@fresh(')) return text
    return text
      .replace(/@live\(([a-z_]+),(\d+)\)/g, (_, kind: string, choice: string) =>
        this.pick(kind, Number(choice)),
      )
      .replaceAll('@fresh()', () => `n${++this.#fresh}`)
  }
}

const MAX_OF_A_KIND = 200
const FEW = 4
const NOBODY = '0b0e4f4e-0000-4000-8000-000000000000'

/** `accounts` → `account`, `entries` → `entry`. */
export const kindOf = (segment: string): string =>
  segment
    .replace(/ies$/, 'y')
    .replace(/sses$/, 'ss')
    .replace(/s$/, '')
    .replaceAll(/[^a-z_]/g, '')

export const live = (kind: string, choice: number): string => `@live(${kind},${choice})`
