import { ApiError } from './api-error.ts'

/** An error in three lines; the raw code and the request id stay under Details. */
export interface ProblemWords {
  happened: string
  /** What it means for the money, or for what was typed. */
  meaning: string | undefined
  next: string | undefined
  code: string
  requestId: string | undefined
}

interface Words {
  happened?: string
  meaning?: string
  next?: string
}

/** Where the server's own sentence is not enough. The others are shown as the server says them. */
const words: Readonly<Record<string, Words>> = {
  no_answer: {
    happened: 'Paddock did not answer.',
    meaning: 'Nothing that you typed is lost.',
    next: 'Check that it is running and try again.',
  },
  unexpected_answer: {
    happened: 'The answer could not be read.',
    next: 'Reload the page. If it stays, report the code below.',
  },
  simulation_refused: {
    meaning: 'The transfer goes on by itself on its dates.',
    next: 'Try again in a moment.',
  },
}

const byStatus: Readonly<Record<number, Words>> = {
  401: { happened: 'You are signed out.', meaning: 'Nothing was changed.', next: 'Sign in and try again.' },
  404: { happened: 'This was not found.', next: 'Go back to the list and choose again.' },
  429: {
    happened: 'Too many tries in a short time.',
    meaning: 'Nothing was changed.',
    next: 'Wait a minute.',
  },
}

const ofServer: Words = {
  happened: 'Something failed on our side.',
  meaning: 'Money is only moved once, whatever happened.',
  next: 'Try again in a moment.',
}

/** Puts an error into words: what happened, what it means, what to do. */
export function describeProblem(error: unknown): ProblemWords {
  if (!(error instanceof ApiError)) {
    return {
      happened: 'This page failed.',
      meaning: undefined,
      next: 'Reload it.',
      code: 'page',
      requestId: undefined,
    }
  }
  const known = words[error.code] ?? (error.status >= 500 ? ofServer : undefined)
  const fallback = error.code.startsWith('http_') ? byStatus[error.status] : undefined
  const chosen = known ?? fallback ?? {}
  // The server writes in the same order: what happened, what it means, what to do.
  const [happened = error.message, meaning, ...next] = error.message.split(/(?<=[.!?])\s+/)
  return {
    happened: chosen.happened ?? happened,
    meaning: chosen.meaning ?? (chosen.happened === undefined ? meaning : undefined),
    next: chosen.next ?? (next.length > 0 ? next.join(' ') : undefined),
    code: error.code,
    requestId: error.requestId,
  }
}
