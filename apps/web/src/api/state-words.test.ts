import { expect, test } from 'vitest'
import { accountWord, isReadyAccount, orderWord, transferWord } from './state-words.ts'

test('each wire state has the word that customers know', () => {
  expect(accountWord('SUBMITTED').word).toBe('In review')
  expect(accountWord('ACTIVE')).toEqual({ word: 'Ready', tone: 'pasture', isOpen: false })
  expect(transferWord('SENT_TO_CLEARING').word).toBe('On its way')
  expect(transferWord('RETURNED').tone).toBe('ember')
  expect(orderWord('accepted').word).toBe('Working')
  expect(orderWord('filled').isOpen).toBe(false)
})

test('an unknown outcome is open and asks for attention', () => {
  expect(transferWord('UNKNOWN')).toMatchObject({ tone: 'wheat', isOpen: true })
})

test('a state that the vendor adds later is shown in its own words', () => {
  expect(orderWord('held_for_review')).toEqual({ word: 'Held for review', tone: 'quiet', isOpen: true })
})

test('an account whose details are being checked can still be used', () => {
  expect(isReadyAccount('ACCOUNT_UPDATED')).toBe(true)
  expect(isReadyAccount('SUBMITTED')).toBe(false)
})
