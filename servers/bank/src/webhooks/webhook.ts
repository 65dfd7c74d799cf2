/** An error as webhooks carry it: with its status, without the id of a request. */
export interface WebhookError {
  error_type: string
  error_code: string
  error_code_reason: string | null
  error_message: string
  display_message: string | null
  status: number
}

/** What can be told about an item (contracts/plaid/webhooks.md §1). */
export type ItemEvent =
  | {
      webhook_type: 'ITEM'
      webhook_code: 'ERROR' | 'USER_PERMISSION_REVOKED'
      error: WebhookError
    }
  | { webhook_type: 'ITEM'; webhook_code: 'LOGIN_REPAIRED' }
  | { webhook_type: 'ITEM'; webhook_code: 'NEW_ACCOUNTS_AVAILABLE'; error: null }
  | { webhook_type: 'ITEM'; webhook_code: 'PENDING_DISCONNECT'; reason: string; disconnect_time: string }
  | { webhook_type: 'ITEM'; webhook_code: 'PENDING_EXPIRATION'; consent_expiration_time: string }
  | { webhook_type: 'ITEM'; webhook_code: 'USER_ACCOUNT_REVOKED'; account_id: string }
  | {
      webhook_type: 'ITEM'
      webhook_code: 'WEBHOOK_UPDATE_ACKNOWLEDGED'
      new_webhook_url: string
      error: null
    }
  | {
      webhook_type: 'AUTH'
      webhook_code: 'DEFAULT_UPDATE'
      account_ids_with_new_auth: string[]
      account_ids_with_updated_auth: Record<string, ('ACCOUNT_NUMBER' | 'ROUTING_NUMBER')[]>
      error: null
    }
  | {
      webhook_type: 'AUTH'
      webhook_code: 'SMS_MICRODEPOSITS_VERIFICATION'
      status: 'MANUALLY_VERIFIED' | 'VERIFICATION_FAILED'
      account_id: string
    }
  | {
      webhook_type: 'AUTH'
      webhook_code: 'AUTOMATICALLY_VERIFIED' | 'VERIFICATION_EXPIRED'
      account_id: string
      error: null
    }
  | {
      webhook_type: 'IDENTITY'
      webhook_code: 'DEFAULT_UPDATE'
      account_ids_with_updated_identity: Record<string, ('PHONES' | 'ADDRESSES' | 'EMAILS' | 'NAMES')[]>
      error: null
    }
  | {
      webhook_type: 'TRANSACTIONS'
      webhook_code: 'SYNC_UPDATES_AVAILABLE'
      initial_update_complete: boolean
      historical_update_complete: boolean
    }
  | {
      webhook_type: 'TRANSACTIONS'
      webhook_code: 'INITIAL_UPDATE' | 'HISTORICAL_UPDATE' | 'DEFAULT_UPDATE'
      new_transactions: number
      error: null
    }
  | {
      webhook_type: 'TRANSACTIONS'
      webhook_code: 'TRANSACTIONS_REMOVED'
      removed_transactions: string[]
      error: null
    }
  | { webhook_type: 'TRANSACTIONS'; webhook_code: 'RECURRING_TRANSACTIONS_UPDATE'; account_ids: string[] }
  | {
      webhook_type: 'HOLDINGS'
      webhook_code: 'DEFAULT_UPDATE'
      new_holdings: number
      updated_holdings: number
      error: null
    }
  | {
      webhook_type: 'INVESTMENTS_TRANSACTIONS'
      webhook_code: 'DEFAULT_UPDATE' | 'HISTORICAL_UPDATE'
      new_investments_transactions: number
      cancelled_investments_transactions: number
      error: null
    }
  | {
      webhook_type: 'LIABILITIES'
      webhook_code: 'DEFAULT_UPDATE'
      account_ids_with_new_liabilities: string[]
      account_ids_with_updated_liabilities: Record<string, string[]>
      error: null
    }
  | { webhook_type: 'STATEMENTS'; webhook_code: 'STATEMENTS_REFRESH_COMPLETE'; result: 'SUCCESS' }

/** What a processor is told: of the item behind its token, and that its address was heard. */
export type ProcessorEvent =
  | Extract<ItemEvent, { webhook_type: 'TRANSACTIONS' }>
  | {
      webhook_type: 'PROCESSOR_TOKEN'
      webhook_code: 'WEBHOOK_UPDATE_ACKNOWLEDGED'
      new_webhook_url: string
      error: null
    }

/** What can be told about a session of Link. */
export type LinkEvent =
  | {
      webhook_type: 'LINK'
      webhook_code: 'SESSION_FINISHED'
      status: 'SUCCESS' | 'EXITED'
      link_session_id: string
      link_token: string
      user_id?: string
      public_tokens?: string[]
      public_token?: string
    }
  | {
      webhook_type: 'LINK'
      webhook_code: 'ITEM_ADD_RESULT'
      link_session_id: string
      link_token: string
      user_id?: string
      public_token: string
    }
  | {
      webhook_type: 'LINK'
      webhook_code: 'EVENTS'
      link_session_id: string
      link_token: string
      user_id?: string
      events: object[]
    }

/** What can be told about a user's income. */
export type IncomeEvent = { webhook_type: 'INCOME'; user_id: string } & (
  | { webhook_code: 'BANK_INCOME_REFRESH_UPDATE' }
  | { webhook_code: 'BANK_INCOME_REFRESH_COMPLETE'; result: 'SUCCESS' | 'FAILURE' }
)

export const tryOutcomes = ['accepted', 'refused', 'unknown'] as const
export type TryOutcome = (typeof tryOutcomes)[number]
export const webhookStates = ['waiting', 'delivered', 'given_up', 'dropped'] as const
export type WebhookState = (typeof webhookStates)[number]

export interface WebhookTry {
  number: number
  at: Temporal.Instant
  outcome: TryOutcome | null
  status: number | null
}

export interface Webhook {
  clientId: string
  id: string
  itemId: string | null
  /** Set where a processor is told, who knows the account and not the item. */
  accountId: string | null
  url: string
  type: string
  code: string
  body: string
  queuedAt: Temporal.Instant
  status: WebhookState
}
