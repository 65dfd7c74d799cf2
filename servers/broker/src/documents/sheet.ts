import PDFDocument from 'pdfkit'
import { firm, SIMULATED } from './firm-details.ts'
import { printable } from './printable.ts'
import { typeface, type Weight } from './typeface.ts'

export type Column = {
  readonly title: string
  /** Share of the width. */
  readonly width: number
  readonly align?: 'right'
}

export const left = (title: string, width: number): Column => ({ title, width })

export const right = (title: string, width: number): Column => ({ title, width, align: 'right' })

export type SheetOptions = {
  readonly title: string
  readonly subtitle: string
  /** What stands at the foot of each page beside its number. */
  readonly foot: string
  /** A line across each page that nobody can overlook. */
  readonly banner?: string
  readonly madeAt: Temporal.Instant
}

const MARGIN = 54
const FOOT_HEIGHT = 40
const HEADING_HEIGHT = 39
/** What a heading takes along at least: itself and a line or two. */
const HEADING_ROOM = 60
const ROW_HEIGHT = 15
const ROW_SIZE = 8.5
const LEADING = 1.25
/** How many lines the words of one cell may have. */
const CELL_LINES = 3
const CELL_GAP = 7
const INK = '#1c2430'
const QUIET = '#667085'
const LINE = '#d9dee5'
const ACCENT = '#1f5f4a'
const BANNER_FILL = '#fbf3e0'
const BANNER_INK = '#7a4b00'

/** Pages in one style: a head on the first, a foot on all, tables that go on over as many as they need. */
export class Sheet {
  readonly #pdf: PDFKit.PDFDocument
  readonly #options: SheetOptions
  readonly #left = MARGIN
  readonly #width: number
  readonly #bottom: number
  #y = MARGIN

  constructor(options: SheetOptions) {
    this.#options = options
    this.#pdf = new PDFDocument({
      size: 'LETTER',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
      bufferPages: true,
      // None of those that readers bring along: each would show other letters.
      font: '',
      lang: 'en-US',
      displayTitle: true,
      info: {
        Title: `${options.title}, ${options.subtitle}`,
        Author: firm.name,
        Producer: firm.name,
        Creator: firm.name,
        // Part of the bytes, which must be the same whenever they are made.
        CreationDate: new Date(options.madeAt.epochMilliseconds),
      },
    })
    for (const [weight, font] of Object.entries(typeface)) {
      // An opened font may be given too; the types know only its bytes.
      this.#pdf.registerFont(weight, font as unknown as PDFKit.Mixins.PDFFontSource)
    }
    this.#width = this.#pdf.page.width - 2 * MARGIN
    this.#bottom = this.#pdf.page.height - MARGIN - FOOT_HEIGHT
    this.#head()
  }

  /** A small heading with room for something below it. */
  heading(text: string, below = HEADING_ROOM): void {
    this.#room(below)
    this.#y += 20
    this.#write(text, { size: 11.5, weight: 'bold', color: INK })
    this.#y += HEADING_HEIGHT - 20
  }

  /** Two columns: who it is for, and facts with their names. */
  address(lines: readonly string[], facts: readonly (readonly [string, string])[]): void {
    const top = this.#y
    const half = this.#width / 2
    lines.forEach((line, index) => {
      const isName = index === 0
      const height = this.#write(line, {
        size: isName ? 11 : 9.5,
        weight: isName ? 'bold' : 'regular',
        width: half - 24,
        lines: isName ? 3 : 2,
      })
      this.#y += height + 2
    })
    const below = this.#y
    this.#y = top
    for (const [name, value] of facts) {
      this.#write(name, { size: 9, color: QUIET, x: this.#left + half, width: 110 })
      this.#write(value, { size: 9, x: this.#left + half + 110, width: half - 110, align: 'right' })
      this.#y += 15
    }
    this.#y = Math.max(below, this.#y) + 4
  }

  /** Names with amounts; the last one may be the sum of the others. */
  amounts(rows: readonly (readonly [string, string])[], total?: readonly [string, string]): void {
    for (const [name, value] of rows) this.#amount(name, value, false)
    if (total !== undefined) this.#amount(total[0], total[1], true)
    this.#y += 4
  }

  table(columns: readonly Column[], rows: readonly (readonly string[])[], total?: readonly string[]): void {
    const cells = this.#cellsOf(columns)
    const head = () => {
      this.#row(
        cells,
        columns.map(({ title }) => title),
        { size: 8, color: QUIET },
      )
      this.#y -= 2
      this.#rule(LINE)
      this.#y += 2
    }
    this.#room(3 * ROW_HEIGHT)
    head()
    for (const row of rows) {
      if (this.#y + this.#rowHeight(cells, row) > this.#bottom) {
        this.#nextPage()
        head()
      }
      this.#row(cells, row, { size: ROW_SIZE, color: INK })
    }
    if (total !== undefined) {
      if (this.#y + ROW_HEIGHT + 4 > this.#bottom) {
        this.#nextPage()
        head()
      }
      this.#rule(INK)
      this.#row(cells, total, { size: ROW_SIZE, color: INK, weight: 'bold' })
    }
    this.#y += 4
  }

  /** Running text, quiet. */
  note(text: string): void {
    const height = this.#noteHeight(text)
    this.#room(height)
    this.#pdf.fillColor(QUIET).text(printable(text), this.#left, this.#y, this.#noteBox)
    this.#y += height
  }

  /** Notes below a heading, all of them on one page. */
  notes(heading: string, texts: readonly string[]): void {
    const heights = texts.map((text) => this.#noteHeight(text))
    this.heading(
      heading,
      heights.reduce((sum, height) => sum + height, HEADING_HEIGHT),
    )
    for (const text of texts) this.note(text)
  }

  /** Numbers the pages and answers the bytes. */
  async bytes(): Promise<Buffer> {
    const chunks: Buffer[] = []
    const { count } = this.#pdf.bufferedPageRange()
    for (let page = 0; page < count; page += 1) {
      this.#pdf.switchToPage(page)
      this.#foot(page + 1, count)
    }
    this.#pdf.end()
    for await (const chunk of this.#pdf) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  }

  get #noteBox() {
    return { width: this.#width, lineGap: 2 }
  }

  #noteHeight(text: string): number {
    this.#pdf.font('regular').fontSize(8)
    return this.#pdf.heightOfString(printable(text), this.#noteBox) + 6
  }

  #head(): void {
    const { title, subtitle, banner } = this.#options
    this.#write(firm.name, { size: 15, weight: 'bold', color: ACCENT, width: this.#width / 2 })
    this.#write(title, { size: 13, x: this.#left + this.#width / 2, width: this.#width / 2, align: 'right' })
    this.#y += 20
    this.#write([...firm.addressLines, firm.contact].join('  ·  '), { size: 8, color: QUIET, width: 330 })
    this.#write(subtitle, {
      size: 9,
      color: QUIET,
      x: this.#left + 330,
      width: this.#width - 330,
      align: 'right',
    })
    this.#y += 16
    this.#rule(ACCENT)
    this.#y += 14
    if (banner !== undefined) this.#banner(banner)
  }

  #banner(text: string): void {
    this.#pdf.rect(this.#left, this.#y, this.#width, 24).fill(BANNER_FILL)
    this.#y += 8
    this.#write(text, { size: 9, weight: 'bold', color: BANNER_INK, x: this.#left + 10 })
    this.#y += 30
  }

  #foot(page: number, pages: number): void {
    this.#y = this.#pdf.page.height - MARGIN - 14
    this.#rule(LINE)
    this.#write(`${this.#options.title}  ·  ${this.#options.foot}`, {
      size: 7.5,
      color: QUIET,
      width: this.#width - 80,
    })
    this.#write(`Page ${page} of ${pages}`, {
      size: 7.5,
      color: QUIET,
      x: this.#left + this.#width - 80,
      width: 80,
      align: 'right',
    })
    this.#y += 11
    this.#write(this.#options.banner ?? SIMULATED, { size: 7, color: QUIET })
  }

  #nextPage(): void {
    this.#pdf.addPage()
    this.#y = MARGIN
  }

  /** Begins a new page when less than this is left of the present one. */
  #room(height: number): void {
    if (this.#y + height > this.#bottom) this.#nextPage()
  }

  #amount(name: string, value: string, isTotal: boolean): void {
    this.#room(18)
    if (isTotal) this.#rule(INK)
    const weight = isTotal ? 'bold' : 'regular'
    this.#write(name, { size: 9.5, weight, width: this.#width / 2 })
    this.#write(value, {
      size: 9.5,
      weight,
      x: this.#left + this.#width / 2,
      width: this.#width / 2,
      align: 'right',
    })
    this.#y += 16
  }

  #rule(color: string): void {
    this.#pdf
      .moveTo(this.#left, this.#y)
      .lineTo(this.#left + this.#width, this.#y)
      .lineWidth(0.5)
      .stroke(color)
    this.#y += 4
  }

  #cellsOf(columns: readonly Column[]): Cell[] {
    const shares = columns.reduce((total, { width }) => total + width, 0)
    const room = this.#width - CELL_GAP * (columns.length - 1)
    let x = this.#left
    return columns.map(({ width: share, align }) => {
      const cell = { x, width: (room * share) / shares, align }
      x += cell.width + CELL_GAP
      return cell
    })
  }

  #row(cells: readonly Cell[], texts: readonly string[], style: Style): void {
    const height = this.#rowHeight(cells, texts)
    cells.forEach(({ x, width, align }, index) => {
      const text = texts[index] ?? ''
      this.#write(
        text,
        align === 'right' ? { ...style, x, width, align } : { ...style, x, width, lines: CELL_LINES },
      )
    })
    this.#y += height
  }

  #rowHeight(cells: readonly Cell[], texts: readonly string[]): number {
    this.#pdf.font('regular').fontSize(ROW_SIZE)
    const counts = cells.map(({ width, align }, index) =>
      align === 'right' ? 1 : this.#linesOf(printable(texts[index] ?? ''), width, CELL_LINES).length,
    )
    return ROW_HEIGHT + (Math.max(1, ...counts) - 1) * ROW_SIZE * LEADING
  }

  /** Writes at the present height and tells how high the text is. */
  #write(text: string, style: Style): number {
    const {
      size,
      weight = 'regular',
      color = INK,
      x = this.#left,
      width = this.#width,
      align,
      lines = 1,
    } = style
    this.#pdf.font(weight).fontSize(size).fillColor(color)
    const shown = printable(text)
    if (align === 'right') {
      // A figure is never cut: rather it becomes smaller.
      const natural = this.#pdf.widthOfString(shown)
      if (natural > width) this.#pdf.fontSize((size * width) / natural)
      const indent = width - this.#pdf.widthOfString(shown)
      this.#pdf.text(shown, x + indent, this.#y, { lineBreak: false })
      return size * LEADING
    }
    const written = this.#linesOf(shown, width, lines)
    written.forEach((line, index) => {
      this.#pdf.text(line, x, this.#y + index * size * LEADING, { lineBreak: false })
    })
    return Math.max(1, written.length) * size * LEADING
  }

  /** The text in at most so many lines, broken between words where that is possible; the rest is an ellipsis. */
  #linesOf(text: string, width: number, most: number): string[] {
    const lines: string[] = []
    let rest = text.trim()
    while (rest !== '') {
      if (lines.length === most - 1) return [...lines, this.#fit(rest, width)]
      const count = this.#lettersThatFit(rest, width, '')
      const space = count < rest.length ? rest.lastIndexOf(' ', count) : -1
      const end = space > 0 ? space : Math.max(1, count)
      lines.push(rest.slice(0, end).trimEnd())
      rest = rest.slice(end).trimStart()
    }
    return lines
  }

  #fit(text: string, width: number): string {
    if (this.#pdf.widthOfString(text) <= width) return text
    return `${text.slice(0, this.#lettersThatFit(text, width, '…')).trimEnd()}…`
  }

  #lettersThatFit(text: string, width: number, ending: string): number {
    let [fits, most] = [0, text.length]
    while (fits < most) {
      const half = Math.ceil((fits + most) / 2)
      if (this.#pdf.widthOfString(`${text.slice(0, half).trimEnd()}${ending}`) <= width) fits = half
      else most = half - 1
    }
    return fits
  }
}

type Cell = { readonly x: number; readonly width: number; readonly align: 'right' | undefined }

type Style = {
  readonly size: number
  readonly weight?: Weight
  readonly color?: string
  readonly x?: number
  readonly width?: number
  readonly align?: 'right'
  readonly lines?: number
}
