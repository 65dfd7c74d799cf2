import { BrokerError } from './broker-error.ts'
import { chunksOf } from './chunks.ts'

/** Comments by which the broker says that it will now leave out events or end the stream. */
const GOODBYE = /^: ?(?:you are reading too slowly|internal server error)/

/**
 * The `data` of each server-sent event in a stream of bytes, and `undefined` for each other sign of life
 * (comments such as `:heartbeat`), so that a watchdog can tell silence from a quiet stream. Throws at a comment
 * that says goodbye: after it events are missing.
 * Lines end in LF, CR LF or CR (WHATWG HTML, server-sent events §9.2.6).
 */
export async function* readServerSentEvents(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  for await (const chunk of chunksOf(stream)) {
    const { lines, tail } = splitLines(rest + decoder.decode(chunk, { stream: true }))
    rest = tail
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n')
        data = []
      } else if (line.startsWith('data:')) {
        data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
      } else if (GOODBYE.test(line)) {
        throw new BrokerError(`the broker ended the stream: ${line.slice(1).trim()}`)
      }
    }
    yield undefined
  }
}

/** A CR at the very end waits for the next chunk: it may be the first half of a CR LF. */
function splitLines(text: string): { lines: string[]; tail: string } {
  const end = text.endsWith('\r') ? text.length - 1 : text.length
  const lines = text.slice(0, end).split(/\r\n|\n|\r/)
  const tail = (lines.pop() ?? '') + text.slice(end)
  return { lines, tail }
}
