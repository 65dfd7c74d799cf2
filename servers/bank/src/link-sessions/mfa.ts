import { DEFAULT_LOGIN, isCustomUser, type Login } from '../personas/sign-in.ts'
import { BankRefused } from '../refusals.ts'

/** One question of the bank's second step; `right` says which answers it takes. */
interface MfaQuestion {
  text: string
  /** Empty: the answer is typed. */
  options: readonly string[]
  right: (answer: string) => boolean
}

export interface MfaStep {
  type: 'recaptcha' | 'device' | 'code' | 'questions' | 'selections'
  round: number
  rounds: number
  questions: readonly MfaQuestion[]
  /** The sandbox has no secrets: what the page tells people to answer. */
  hint: string
}

interface MfaPlan {
  type: 'device' | 'never_right' | 'questions' | 'selections'
  rounds: number
  questions: number
  options: number
}

/** What the bank asks after the password of a sandbox user, step by step (contracts/plaid/sandbox.md). */
export function mfaSteps(login: Login): MfaStep[] {
  const check = recaptchaOf(login)
  return [...(check === undefined ? [] : [recaptchaStep(check)]), ...stepsOf(planOf(login))]
}

function stepsOf(plan: MfaPlan | undefined): MfaStep[] {
  if (plan === undefined) return []
  if (plan.type === 'device') return [deviceStep, codeStep]
  if (plan.type === 'never_right') return [neverRightStep]
  const { type, rounds } = plan
  return Array.from({ length: rounds }, (_, round) => {
    const questions = Array.from({ length: plan.questions }, (_, place) =>
      type === 'questions' ? typedQuestion(round, place) : choice(round, place, plan.options),
    )
    const hint = type === 'questions' ? `answer_${round}_0` : plan.options === 0 ? 'Yes' : 'the first of each'
    return { type, round: round + 1, rounds, questions, hint }
  })
}

/** The login under which the accounts are: the password of a second step only says how it goes. */
export function loginBehind(login: Login): Login {
  return login.username === DEFAULT_LOGIN.username && mfaSteps(login).length > 0 ? DEFAULT_LOGIN : login
}

/** Refused unless each question of the step has an answer that the bank takes. */
export function refuseWrongAnswers(step: MfaStep, answers: readonly string[]): void {
  const right = step.questions.every(({ right }, place) => right(answers[place] ?? ''))
  if (!right && step.type === 'recaptcha') throw new BankRefused('recaptcha_bad')
  if (!right || answers.length !== step.questions.length) throw new BankRefused('mfa_wrong')
}

function planOf({ username, password }: Login): MfaPlan | undefined {
  if (isCustomUser(username)) return customPlan(password)
  if (username !== DEFAULT_LOGIN.username) return undefined
  if (password === 'error_INVALID_MFA') return { type: 'never_right', rounds: 1, questions: 1, options: 0 }
  if (password === 'mfa_device') return { type: 'device', rounds: 1, questions: 1, options: 0 }
  if (password === 'mfa_selections') return { type: 'selections', rounds: 1, questions: 1, options: 0 }
  const questions = /^mfa_questions_([1-9])_([1-9])$/.exec(password)
  if (questions !== null) {
    return { type: 'questions', rounds: Number(questions[1]), questions: Number(questions[2]), options: 0 }
  }
  const selections = /^mfa_selections_([1-9])_([1-9])_([2-9])$/.exec(password)
  if (selections === null) return undefined
  const [rounds = 1, asked = 1, options = 2] = selections.slice(1).map(Number)
  return { type: 'selections', rounds, questions: asked, options }
}

/** What stands in a password that is JSON. What cannot be read asks for nothing; the sign-in says why it is wrong. */
function keyIn(password: string, key: string): unknown {
  try {
    return JSON.parse(password)?.[key] ?? undefined
  } catch {
    return undefined
  }
}

function recaptchaOf({ username, password }: Login): 'good' | 'bad' | undefined {
  if (username !== DEFAULT_LOGIN.username && !isCustomUser(username)) return undefined
  const check = keyIn(password, 'recaptcha')
  return check === 'good' || check === 'bad' ? check : undefined
}

/** `mfa` of a custom user's JSON. */
function customPlan(password: string): MfaPlan | undefined {
  const mfa = keyIn(password, 'mfa') as Record<string, unknown> | undefined
  const count = (key: string, otherwise: number) => {
    const given = mfa?.[key]
    return typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= 9
      ? given
      : otherwise
  }
  switch (mfa?.type) {
    case 'device':
      return { type: 'device', rounds: 1, questions: 1, options: 0 }
    case 'questions':
      return {
        type: 'questions',
        rounds: count('question_rounds', 1),
        questions: count('questions_per_round', 1),
        options: 0,
      }
    case 'selections':
      return {
        type: 'selections',
        rounds: count('selection_rounds', 1),
        questions: 1,
        options: Math.max(2, count('selections_per_question', 2)),
      }
    default:
      return undefined
  }
}

const devices = ['Text to •••• 0142', 'E-mail to n•••@example.com']

const deviceStep: MfaStep = {
  type: 'device',
  round: 1,
  rounds: 1,
  questions: [
    { text: 'Where should the code be sent?', options: devices, right: (answer) => devices.includes(answer) },
  ],
  hint: 'any of them',
}

const codeStep: MfaStep = {
  type: 'code',
  round: 1,
  rounds: 1,
  questions: [{ text: 'Code', options: [], right: (answer) => answer === '1234' }],
  hint: '1234',
}

/** The sandbox's way to a second step that cannot be passed. */
const neverRightStep: MfaStep = {
  ...codeStep,
  questions: [{ text: 'Code', options: [], right: () => false }],
  hint: 'no code is right',
}

function recaptchaStep(check: 'good' | 'bad'): MfaStep {
  const question = { text: 'I am a person', options: [], right: () => check === 'good' }
  return { type: 'recaptcha', round: 1, rounds: 1, questions: [question], hint: check }
}

function typedQuestion(round: number, place: number): MfaQuestion {
  const right = `answer_${round}_${place}`
  return { text: `Question ${place + 1}`, options: [], right: (answer) => answer === right }
}

/** The first option is the right one; without a number of options the bank asks yes or no. */
function choice(round: number, place: number, count: number): MfaQuestion {
  const options =
    count === 0
      ? ['Yes', 'No']
      : Array.from({ length: count }, (_, option) => `answer_${round}_${place}_${option}`)
  const text = count === 0 ? 'Is it you who is signing in?' : `Question ${place + 1}`
  return { text, options, right: (answer) => answer === options[0] }
}
