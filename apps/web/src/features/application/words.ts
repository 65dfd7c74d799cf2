export const employmentWords = [
  { value: 'EMPLOYED', label: 'Employed' },
  { value: 'UNEMPLOYED', label: 'Not employed' },
  { value: 'STUDENT', label: 'Student' },
  { value: 'RETIRED', label: 'Retired' },
] as const

export const fundingWords = [
  { value: 'employment_income', label: 'Income from work' },
  { value: 'savings', label: 'Savings' },
  { value: 'investments', label: 'Investments' },
  { value: 'business_income', label: 'Income from a business' },
  { value: 'inheritance', label: 'Inheritance' },
  { value: 'family', label: 'Family' },
] as const

export const taxIdWords = [
  { value: 'USA_SSN', label: 'US Social Security number (SSN)' },
  { value: 'USA_ITIN', label: 'US taxpayer number (ITIN)' },
  { value: 'NOT_SPECIFIED', label: 'Number of another country' },
] as const

/** The four disclosures of the Broker API in plain words. */
export const questions = [
  {
    field: 'isControlPerson',
    text: 'Do you control a company whose shares are traded?',
    hint: 'As a director, an officer, or an owner of 10% or more.',
  },
  {
    field: 'isAffiliated',
    text: 'Do you work for a stock exchange or a brokerage firm?',
    hint: 'A member of an exchange or of FINRA.',
  },
  {
    field: 'isPoliticallyExposed',
    text: 'Do you hold a high public office?',
    hint: 'Such as in a government, a court, an army or a state-owned company.',
  },
  {
    field: 'isFamilyExposed',
    text: 'Does somebody in your immediate family hold such an office?',
    hint: 'Parents, partner, children, brothers and sisters.',
  },
] as const

export const labelOf = (options: readonly { value: string; label: string }[], value: string) =>
  options.find((option) => option.value === value)?.label ?? value
