import { Stack } from '@mantine/core'
import { type Fact, Facts } from '../../ui/Facts.tsx'
import { TextLink } from '../../ui/links.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { longDateInWords } from '../../ui/time.ts'
import { agreementTexts } from './agreement-texts.ts'
import { useApplicationFormContext } from './application-form.ts'
import { countryName } from './countries.ts'
import type { ApplicationDraft } from './draft.ts'
import { type StepKey, steps } from './steps.ts'
import { employmentWords, fundingWords, labelOf, questions, taxIdWords } from './words.ts'

const joined = (...parts: string[]) => parts.filter((part) => part.trim() !== '').join(' ')
const orNone = (text: string) => (text === '' ? 'None' : text)
const yesOrNo = { yes: 'Yes', no: 'No', '': 'Not answered' }

/** The end of the number is enough to recognise it. */
const masked = (taxId: string) => (taxId === '' ? 'Missing' : `••• ${taxId.slice(-4)}`)

const factsOf: Record<Exclude<StepKey, 'review'>, (draft: ApplicationDraft) => Fact[]> = {
  name: (draft) => [{ name: 'Name', value: joined(draft.givenName, draft.middleName, draft.familyName) }],
  contact: (draft) => [
    { name: 'E-mail', value: draft.emailAddress },
    { name: 'Phone', value: draft.phoneNumber },
    {
      name: 'Address',
      value: `${joined(draft.street, draft.unit)}, ${joined(draft.city, draft.state, draft.postalCode)}, ${countryName(draft.country)}`,
    },
  ],
  birth: (draft) => [
    { name: 'Born', value: draft.dateOfBirth === '' ? 'Missing' : longDateInWords(draft.dateOfBirth) },
    { name: 'Citizenship', value: countryName(draft.countryOfCitizenship) },
    { name: 'Country of birth', value: countryName(draft.countryOfBirth) },
  ],
  tax: (draft) => [
    { name: labelOf(taxIdWords, draft.taxIdType), value: masked(draft.taxId) },
    { name: 'Tax country', value: countryName(draft.countryOfTaxResidence) },
  ],
  work: (draft) => [
    {
      name: 'Employment',
      value: [labelOf(employmentWords, draft.employmentStatus), draft.employmentPosition, draft.employerName]
        .filter((part) => part !== '')
        .join(', '),
    },
    {
      name: 'Money from',
      value: draft.fundingSources.map((source) => labelOf(fundingWords, source)).join(', '),
    },
  ],
  disclosures: (draft) => questions.map(({ field, text }) => ({ name: text, value: yesOrNo[draft[field]] })),
  trusted: (draft) => [
    {
      name: 'Trusted contact',
      value: orNone(
        joined(draft.trustedGivenName, draft.trustedFamilyName, draft.trustedEmail, draft.trustedPhone),
      ),
    },
  ],
  agreements: (draft) => [
    {
      name: 'Agreed to',
      value: orNone(
        agreementTexts
          .filter(({ name }) => draft.agreements.includes(name))
          .map(({ title }) => title)
          .join(', '),
      ),
    },
  ],
}

/** All answers, each with the way back to its step. */
export function ReviewStep() {
  const { values } = useApplicationFormContext()
  return (
    <Stack>
      {steps.map(({ key, title }) =>
        key === 'review' ? null : (
          <Panel
            key={key}
            title={title}
            aside={
              <TextLink to="/apply/$step" params={{ step: key }} size="sm" aria-label={`Change: ${title}`}>
                Change
              </TextLink>
            }
          >
            <Facts facts={factsOf[key](values)} />
          </Panel>
        ),
      )}
    </Stack>
  )
}
