import { BrokerError } from '@paddock/broker-sdk'
import { DomainError } from '@paddock/kernel'

/** A broker's no, in our words where we know what it is about, else in its own. */
export interface BrokerRefusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly details: Readonly<Record<string, string>>
}

export class BrokerRefused extends DomainError<string> {
  override readonly name = 'BrokerRefused'
  readonly status: number
  readonly text: string

  constructor({ status, code, message, details }: BrokerRefusal) {
    super(code, details)
    this.status = status
    this.text = message
  }

  toRefusal(): BrokerRefusal {
    const { status, code, text: message } = this
    return { status, code, message, details: this.details as Record<string, string> }
  }
}

interface KnownRefusal {
  readonly when: RegExp
  readonly code: string
  readonly message: string
}

/** The vendor tells its refusals apart by text only: status and number are shared by many. */
const known: readonly KnownRefusal[] = [
  {
    when: /insufficient buying power/,
    code: 'insufficient_buying_power',
    message:
      'There is not enough buying power for this order. Nothing was bought. Order less or deposit first.',
  },
  {
    when: /insufficient cash_transferable/,
    code: 'insufficient_funds',
    message:
      'There is not that much cash to move. Nothing was moved. Move less, or wait until it has settled.',
  },
  {
    when: /insufficient qty available for journal/,
    code: 'insufficient_quantity',
    message:
      'There are not that many shares to move. Nothing was moved. Move fewer, or wait for open orders.',
  },
  {
    // Whoever has none of it is told that nobody may sell short.
    when: /insufficient (?:qty|balance for)|cannot be sold short/,
    code: 'insufficient_quantity',
    message: 'You do not have that much to sell. Nothing was sold. Sell less, or wait for open orders.',
  },
  {
    when: /insufficient balance/,
    code: 'insufficient_funds',
    message:
      'There is not that much cash to withdraw. Nothing was moved. Withdraw less, or wait until it has settled.',
  },
  {
    when: /transfer limit .*exceeded/,
    code: 'amount_over_limit',
    message:
      'This is more than may be moved today. Nothing was moved. Choose a smaller amount or another day.',
  },
  {
    when: /cost basis must be >= minimal amount/,
    code: 'amount_too_small',
    message: 'The order is too small. Nothing was bought or sold. Order for $1 or more.',
  },
  {
    when: /asset .*not found/,
    code: 'asset_not_found',
    message: 'Nothing is traded under this symbol. Nothing was ordered. Look it up by name.',
  },
  {
    when: /asset .*not (?:tradable|active)/,
    code: 'asset_not_tradable',
    message: 'This cannot be traded just now. Nothing was ordered. Try again later.',
  },
  {
    when: /not fractionable/,
    code: 'asset_not_fractionable',
    message: 'This trades in whole shares only. Nothing was ordered. Give a whole number.',
  },
  {
    when: /account is not active|(?:deposits|withdrawals) are not permitted|account does not allow/,
    code: 'account_not_active',
    message: 'The account is not active for this. Nothing was done. Look at its status first.',
  },
  {
    when: /client_order_id must be unique/,
    code: 'request_id_taken',
    message: 'This id was used for another request before. Nothing new was done. Use a new id.',
  },
  {
    when: /already has an active relationship/,
    code: 'relationship_exists',
    message: 'A bank is connected already. Nothing was changed. Remove it first to connect another one.',
  },
  {
    when: /invalid relationship_id/,
    code: 'relationship_invalid',
    message: 'This bank is not connected. Nothing was moved. Link it first.',
  },
  {
    when: /processor_token/,
    code: 'processor_token_invalid',
    message: 'The bank does not know this processor token. Nothing was connected. Link the bank again.',
  },
  {
    when: /email address already exists/,
    code: 'account_email_taken',
    message:
      'There is an account with this e-mail address already. No other was opened. Use another address.',
  },
  {
    when: /transfer is not cancelable/,
    code: 'transfer_not_cancelable',
    message: 'The transfer cannot be cancelled any more. It goes on as planned.',
  },
  {
    when: /order is already in|order is not cancelable/,
    code: 'order_not_cancelable',
    message: 'The order is done and cannot be cancelled any more. What was filled stays yours.',
  },
  {
    when: /relationship has transfers/,
    code: 'bank_in_use',
    message: 'A transfer with this bank is under way. Nothing was changed. Remove the bank when it is done.',
  },
]

/** The refusal in an error of the SDK; nothing when it is none. */
export function refusalOf(error: unknown): BrokerRefused | undefined {
  if (!(error instanceof BrokerError) || !error.isRefusal) return undefined
  const match = known.find(({ when }) => when.test(error.message))
  return new BrokerRefused({
    status: error.status ?? 422,
    code: match?.code ?? 'refused_by_broker',
    message: match?.message ?? `The broker refused: ${error.message}`,
    details: detailsOf(error, match !== undefined),
  })
}

/** The figures that some refusals carry, and the broker's own words where ours replace them. */
function detailsOf({ body, message }: BrokerError, isTranslated: boolean): Record<string, string> {
  const figures = Object.entries(body).filter(
    ([name, value]) => !['code', 'message'].includes(name) && typeof value === 'string',
  )
  return {
    ...(Object.fromEntries(figures) as Record<string, string>),
    ...(isTranslated ? { broker_message: message } : {}),
  }
}
