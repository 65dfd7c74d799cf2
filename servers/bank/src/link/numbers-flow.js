import { BankError } from './bank.js'
import { showAuthType } from './panes/auth-type.js'
import { showCode } from './panes/code.js'
import { showLoading } from './panes/loading.js'
import { showMatch } from './panes/match.js'
import { showAccountNumber, showRouting } from './panes/numbers.js'
import { failureFacts } from './session.js'

const noDraft = { routing: '', account: '', again: '', subtype: undefined, holder: '' }

/** What was typed can be mended where it was typed. */
const mendable = ['INVALID_ACCOUNT_NUMBER', 'INSTANT_MATCH_FAILED', 'INCORRECT_DEPOSIT_VERIFICATION']
const isMendable = (error) => error instanceof BankError && mendable.includes(error.facts.error_code)

/**
 * The ways through Link on which numbers and codes are typed (contracts/plaid/link.md §5); `finish` and
 * `failed` are the ends that they share with all others.
 */
export function numbersFlow({ stage, currentSession, finish, failed }) {
  /** Signing in, or typing. */
  function chooseType({ onInstant, onManual, back }) {
    const choose = (selection, goOn) => () => {
      currentSession().tell('SELECT_AUTH_TYPE', { selection })
      goOn()
    }
    const pane = {
      onInstant: choose('flow_type_instant', onInstant),
      onManual: choose('flow_type_manual', onManual),
    }
    stage.turnTo('SELECT_AUTH_TYPE', () => showAuthType(pane), { back })
  }

  function routing(started, back, draft = { ...noDraft, holder: started.by_hand.holder_name ?? '' }) {
    const session = currentSession()
    session.at(null, null)
    const lookUp = async (number) => (await session.call('routing', { routing_number: number })).bank_name
    const onContinue = (number, bankName) => {
      session.tell('SUBMIT_ROUTING_NUMBER', { routing_number: number })
      account(started, back, { ...draft, routing: number, bankName })
    }
    const onFailure = (error) => failed(error, back)
    stage.turnTo('NUMBERS', () => showRouting({ draft, lookUp, onContinue, onFailure }), { back })
  }

  function account(started, back, draft, problem) {
    const onSubmit = (typed) => submit(started, back, { ...draft, ...typed })
    stage.turnTo('NUMBERS', () => showAccountNumber({ started, draft, problem, onSubmit }), {
      back: () => routing(started, back, draft),
    })
  }

  async function submit(started, back, draft) {
    const session = currentSession()
    tellAccount(session, draft)
    stage.turnTo('LOADING', () => showLoading('Checking your numbers…'))
    try {
      const { institution, deposit } = await session.call('numbers', {
        routing_number: draft.routing,
        account_number: draft.account,
        subtype: draft.subtype,
        holder_name: draft.holder,
      })
      if (deposit !== null) {
        const mend = () => account(started, back, draft)
        return code(institution, deposit, { back: mend, toList: back })
      }
      session.at(institution, null)
      await finish(institution, [], back)
    } catch (error) {
      if (!isMendable(error)) return failed(error, back)
      session.tell('ERROR', failureFacts(error))
      account(started, back, draft, error.facts.display_message)
    }
  }

  /** The code of a deposit; without a way back it is what update mode begins with. */
  function code(institution, deposit, { back, toList, problem } = {}) {
    const session = currentSession()
    const isInstant = !session.isUpdateMode
    session.at(institution, 'requires_code')
    const onSubmit = async (letters) => {
      stage.turnTo('LOADING', () => showLoading('Checking your code…'))
      try {
        await session.call('code', { code: letters })
        await finish(institution, [], toList)
      } catch (error) {
        if (!isMendable(error)) return failed(error, toList)
        session.tell('ERROR', failureFacts(error))
        code(institution, deposit, { back, toList, problem: error.facts.display_message })
      }
    }
    const view = isInstant ? 'INSTANT_MICRODEPOSIT_AUTHORIZED' : 'SAME_DAY_MICRODEPOSIT_AUTHORIZED'
    const pane = { institution, deposit, isInstant, problem, onSubmit }
    stage.turnTo(view, () => showCode(pane), { back })
  }

  /** At a bank that tells no numbers: those of the account that was chosen after signing in. */
  function match(institution, chosen, { back, toList, draft = noDraft, problem }) {
    const session = currentSession()
    const onSubmit = async (typed) => {
      session.tell('SUBMIT_ROUTING_NUMBER', { routing_number: typed.routing })
      tellAccount(session, typed)
      stage.turnTo('LOADING', () => showLoading('Checking your numbers…'))
      try {
        await session.call('match', {
          account_key: chosen.account_key,
          routing_number: typed.routing,
          account_number: typed.account,
        })
        await finish(institution, [chosen.account_key], toList)
      } catch (error) {
        if (!isMendable(error)) return failed(error, toList)
        session.tell('ERROR', failureFacts(error))
        match(institution, chosen, { back, toList, draft: typed, problem: error.facts.display_message })
      }
    }
    stage.turnTo('NUMBERS', () => showMatch({ institution, chosen, draft, problem, onSubmit }), { back })
  }

  return { chooseType, routing, code, match }
}

function tellAccount(session, { routing, account }) {
  session.tell('SUBMIT_ACCOUNT_NUMBER', { routing_number: routing, account_number_mask: account.slice(-4) })
}
