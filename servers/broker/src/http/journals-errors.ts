import type { JournalRejection } from '../journals/journal.ts'
import type { Details, WireError } from './wire-error.ts'

const text = (details: Details, key: string) => String(details[key])

/** Clients do not know `activity_created`: to them it is executed. */
const statusOf = ({ status }: Details) => (status === 'activity_created' ? 'executed' : String(status))

/** In a batch the message begins with the entry that it is about. */
const about =
  (message: string | ((details: Details) => string)) =>
  (details: Details): string => {
    const said = typeof message === 'string' ? message : message(details)
    return details.entry === undefined ? said : `entries[${text(details, 'entry')}]: ${said}`
  }

type Message = string | ((details: Details) => string)

const invalid = (message: Message): WireError => ({ status: 422, code: 40010001, message: about(message) })
const unprocessable = (message: Message): WireError => ({
  status: 422,
  code: 42210000,
  message: about(message),
})
const forbidden = (message: Message): WireError => ({ status: 403, code: 40310000, message: about(message) })
const notFound = (message: Message): WireError => ({ status: 404, code: 40410000, message: about(message) })

/** What journals are refused with (contracts/alpaca/journals.md §5). */
export const journalErrors: Record<JournalRejection, WireError> = {
  correction_changes_nothing: invalid('the journal moved exactly this already'),
  correction_not_fitting: invalid(
    (details) => `${text(details, 'wanted')}, and nothing else, corrects a journal of this entry_type`,
  ),
  journal_account_not_found: notFound((details) => `${text(details, 'field')}: account not found`),
  journal_amount_invalid: invalid('amount must be greater than 0 with at most 2 decimals'),
  journal_asset_not_found: unprocessable((details) => `asset "${text(details, 'symbol')}" not found`),
  journal_asset_not_fractionable: forbidden(
    (details) => `asset "${text(details, 'symbol')}" is not fractionable`,
  ),
  journal_asset_splitting: forbidden(
    (details) => `"${text(details, 'symbol')}" cannot be journaled until its split is processed`,
  ),
  journal_between_customers: forbidden('journals between customer accounts are not permitted'),
  journal_cash_insufficient: {
    ...forbidden(
      (details) =>
        `insufficient cash_transferable (requested: ${text(details, 'requested')}, available: ${text(details, 'available')})`,
    ),
    fields: (details) => ({ available: text(details, 'available') }),
  },
  journal_from_not_permitted: forbidden('from_account must be ACTIVE or ACCOUNT_CLOSED'),
  journal_not_decidable: unprocessable(
    (details) => `journal is ${statusOf(details)}: only a pending one waits for a decision`,
  ),
  journal_not_deletable: unprocessable(
    (details) => `journal is not deletable in status ${statusOf(details)}`,
  ),
  journal_not_found: notFound('journal not found'),
  journal_not_undoable: unprocessable(
    (details) => `journal is ${statusOf(details)}: only an executed one can be undone`,
  ),
  journal_quantity_invalid: invalid('qty must be greater than 0 with at most 9 decimals'),
  journal_shares_insufficient: {
    ...forbidden(
      (details) =>
        `insufficient qty available for journal (requested: ${text(details, 'requested')}, available: ${text(details, 'available')})`,
    ),
    fields: (details) => ({ symbol: text(details, 'symbol'), available: text(details, 'available') }),
  },
  journal_shares_split: unprocessable('the shares were split since: they cannot be taken back as they went'),
  journal_to_itself: invalid('from_account and to_account must not be the same'),
  journal_to_not_permitted: forbidden('to_account must be ACTIVE'),
  journal_undo_needs_balance: unprocessable('what the journal moved is no longer there to be taken back'),
  too_many_journals: invalid(
    (details) => `more than ${text(details, 'most')} journals match: narrow the filter or set a limit`,
  ),
}
