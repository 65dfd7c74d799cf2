import type { Order, Transfer } from '@paddock/platform-wire'

/** How a state looks: grey waits, sky moves, pasture is good, wheat needs somebody, ember went wrong. */
export type Tone = 'quiet' | 'sky' | 'pasture' | 'wheat' | 'ember'

export interface StateWord {
  word: string
  tone: Tone
  /** True while something is still going to happen by itself. */
  isOpen: boolean
}

const waiting = (word: string): StateWord => ({ word, tone: 'quiet', isOpen: true })
const moving = (word: string): StateWord => ({ word, tone: 'sky', isOpen: true })
const good = (word: string): StateWord => ({ word, tone: 'pasture', isOpen: false })
const over = (word: string): StateWord => ({ word, tone: 'quiet', isOpen: false })
const wrong = (word: string): StateWord => ({ word, tone: 'ember', isOpen: false })
const needed = (word: string): StateWord => ({ word, tone: 'wheat', isOpen: true })

const finding: StateWord = needed('Checking what happened')

const accountWords: Readonly<Record<string, StateWord>> = {
  SUBMITTED: waiting('In review'),
  APPROVAL_PENDING: waiting('In review'),
  APPROVED: moving('Approved, opening'),
  ACTIVE: good('Ready'),
  ACCOUNT_UPDATED: good('Ready, details being checked'),
  ACTION_REQUIRED: needed('We need something from you'),
  REJECTED: wrong('Not approved'),
  DISABLED: wrong('Paused'),
  ACCOUNT_CLOSED: over('Closed'),
}

const relationshipWords: Readonly<Record<string, StateWord>> = {
  QUEUED: waiting('Checking with your bank'),
  PENDING: waiting('Checking with your bank'),
  APPROVED: good('Connected'),
}

const transferWords: Readonly<Record<string, StateWord>> = {
  UNKNOWN: finding,
  QUEUED: waiting('Requested'),
  APPROVAL_PENDING: waiting('Requested'),
  PENDING: waiting('Waiting for the next file'),
  APPROVED: moving('On its way'),
  SENT_TO_CLEARING: moving('On its way'),
  COMPLETE: good('Done'),
  SETTLED: good('Done'),
  REJECTED: over('Not done'),
  REFUSED: over('Not done'),
  CANCELED: over('Cancelled'),
  RETURNED: wrong('Returned by the bank'),
}

const orderWords: Readonly<Record<string, StateWord>> = {
  UNKNOWN: finding,
  pending_new: moving('Working'),
  accepted: moving('Working'),
  new: moving('Working'),
  pending_cancel: moving('Cancelling'),
  partially_filled: moving('Partly filled'),
  filled: good('Filled'),
  canceled: over('Cancelled'),
  expired: over('Expired'),
  replaced: over('Replaced'),
  done_for_day: over('Done for today'),
  rejected: wrong('Rejected'),
  REFUSED: wrong('Not accepted'),
}

/** A vendor may add states: an unknown one is shown in its own words, and as open. */
const inOwnWords = (status: string): StateWord => {
  const words = status.replaceAll('_', ' ').toLowerCase()
  return waiting(words.charAt(0).toUpperCase() + words.slice(1))
}

export const accountWord = (status: string) => accountWords[status] ?? inOwnWords(status)
export const relationshipWord = (status: string) => relationshipWords[status] ?? inOwnWords(status)
export const transferWord = (status: string) => transferWords[status] ?? inOwnWords(status)
export const orderWord = (status: string) => orderWords[status] ?? inOwnWords(status)

export const isOpenTransfer = (transfer: Transfer) => transferWord(transfer.status).isOpen
export const isOpenOrder = (order: Order) => orderWord(order.status).isOpen
export const isReadyAccount = (status: string | undefined) =>
  status === 'ACTIVE' || status === 'ACCOUNT_UPDATED'
