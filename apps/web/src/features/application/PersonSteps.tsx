import { Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useApplicationFormContext } from './application-form.ts'
import { countries, usStates } from './countries.ts'
import { taxIdWords } from './words.ts'

export function NameStep() {
  const form = useApplicationFormContext()
  return (
    <Stack>
      <Text c="dimmed">As it stands in your passport or identity card.</Text>
      <TextInput label="First name" autoComplete="given-name" {...form.getInputProps('givenName')} />
      <TextInput
        label="Middle name (optional)"
        autoComplete="additional-name"
        {...form.getInputProps('middleName')}
      />
      <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('familyName')} />
    </Stack>
  )
}

export function ContactStep() {
  const form = useApplicationFormContext()
  const isUsa = form.values.country === 'USA'
  return (
    <Stack>
      <TextInput label="E-mail" type="email" autoComplete="email" {...form.getInputProps('emailAddress')} />
      <TextInput label="Phone" type="tel" autoComplete="tel" {...form.getInputProps('phoneNumber')} />
      <Select
        label="Country"
        data={countries}
        searchable
        allowDeselect={false}
        autoComplete="country"
        {...form.getInputProps('country')}
      />
      <TextInput label="Street and number" autoComplete="address-line1" {...form.getInputProps('street')} />
      <TextInput
        label="Apartment or unit (optional)"
        autoComplete="address-line2"
        {...form.getInputProps('unit')}
      />
      <TextInput label="City" autoComplete="address-level2" {...form.getInputProps('city')} />
      <Group grow align="flex-start">
        {isUsa ? (
          <Select
            label="State"
            data={usStates}
            searchable
            autoComplete="address-level1"
            {...form.getInputProps('state')}
          />
        ) : (
          <TextInput
            label="Region (optional)"
            autoComplete="address-level1"
            {...form.getInputProps('state')}
          />
        )}
        <TextInput
          label={isUsa ? 'ZIP code' : 'Postal code'}
          autoComplete="postal-code"
          {...form.getInputProps('postalCode')}
        />
      </Group>
    </Stack>
  )
}

export function BirthStep() {
  const form = useApplicationFormContext()
  return (
    <Stack>
      <TextInput
        label="Date of birth"
        type="date"
        autoComplete="bday"
        {...form.getInputProps('dateOfBirth')}
      />
      <Select
        label="Citizenship"
        data={countries}
        searchable
        allowDeselect={false}
        {...form.getInputProps('countryOfCitizenship')}
      />
      <Select
        label="Country of birth"
        data={countries}
        searchable
        allowDeselect={false}
        {...form.getInputProps('countryOfBirth')}
      />
    </Stack>
  )
}

export function TaxStep() {
  const form = useApplicationFormContext()
  return (
    <Stack>
      <Select
        label="Country where you pay tax"
        data={countries}
        searchable
        allowDeselect={false}
        {...form.getInputProps('countryOfTaxResidence')}
      />
      <Select
        label="Kind of number"
        data={taxIdWords}
        allowDeselect={false}
        {...form.getInputProps('taxIdType')}
      />
      <TextInput
        label="Tax number"
        autoComplete="off"
        spellCheck={false}
        inputMode={form.values.taxIdType === 'NOT_SPECIFIED' ? 'text' : 'numeric'}
        description="The broker must report your gains under it. It is not used for a credit check, it is stored encrypted, and this browser does not keep it: after a reload you are asked again."
        {...form.getInputProps('taxId')}
      />
    </Stack>
  )
}

export function TrustedStep() {
  const form = useApplicationFormContext()
  return (
    <Stack>
      <Text c="dimmed">
        Somebody whom the broker may call when it cannot reach you or worries about your account. This person
        cannot see or move anything. You can leave it empty.
      </Text>
      <TextInput label="First name" autoComplete="off" {...form.getInputProps('trustedGivenName')} />
      <TextInput label="Last name" autoComplete="off" {...form.getInputProps('trustedFamilyName')} />
      <TextInput label="E-mail" type="email" autoComplete="off" {...form.getInputProps('trustedEmail')} />
      <TextInput label="Phone" type="tel" autoComplete="off" {...form.getInputProps('trustedPhone')} />
    </Stack>
  )
}
