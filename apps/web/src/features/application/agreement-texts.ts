import type { Application } from '@paddock/platform-wire'

export interface AgreementText {
  name: Application['agreements'][number]['agreement']
  title: string
  revision: string
  isRequired: boolean
  paragraphs: readonly string[]
}

/** What is agreed to, with the revision that is sent along. Short, because nothing here is real. */
export const agreementTexts: readonly AgreementText[] = [
  {
    name: 'customer_agreement',
    title: 'Customer agreement',
    revision: '1.2026.01',
    isRequired: true,
    paragraphs: [
      'You open an account for yourself and not for another person, and what you wrote in the application is true as far as you know.',
      'The broker carries out the orders that you confirm. It gives no advice and decides nothing for you. Prices can fall below what you paid.',
      'This is a simulation. No order reaches an exchange, and nothing that you buy here exists outside it.',
    ],
  },
  {
    name: 'account_agreement',
    title: 'Account agreement',
    revision: '1.2026.01',
    isRequired: true,
    paragraphs: [
      'Money moves between your bank account and this account by ACH. A deposit can be invested when it has settled, and withdrawn some banking days later. The dates are shown before you confirm.',
      'Your bank may return a deposit. The amount is then taken back, also when it was already invested.',
      'The broker is not a bank. This account pays no interest and is not a deposit.',
    ],
  },
  {
    name: 'margin_agreement',
    title: 'Margin agreement',
    revision: '1.2026.01',
    isRequired: true,
    paragraphs: [
      'The account type of the Broker API needs this agreement. Paddock lends no money: you can spend the cash that you have and no more.',
      'If lending is ever switched on for your account, you are asked again first.',
    ],
  },
  {
    name: 'crypto_agreement',
    title: 'Crypto agreement',
    revision: '1.2026.01',
    isRequired: false,
    paragraphs: [
      'With this agreement you can also buy and sell crypto pairs. Without it your account holds stocks and ETFs only.',
      'Crypto trades around the clock, moves more than stocks do, and is protected by neither SIPC nor FDIC insurance.',
    ],
  },
]
