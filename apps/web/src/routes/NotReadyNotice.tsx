import { Text } from '@mantine/core'
import type { Me } from '@paddock/platform-wire'
import { accountWord, isReadyAccount } from '../api/state-words.ts'
import { TextLink } from '../ui/links.tsx'
import { Notice } from '../ui/Notice.tsx'

/** Why something cannot be done yet, with the way on; nothing when the account is ready. */
export function NotReadyNotice({ account }: { account: Me['account'] }) {
  if (account === null) {
    return (
      <Notice tone="sky" title="You have no brokerage account yet.">
        <Text size="sm">
          <TextLink to="/apply" underline="always">
            Open your account
          </TextLink>{' '}
          first. It takes about five minutes.
        </Text>
      </Notice>
    )
  }
  if (isReadyAccount(account.status)) return null
  return (
    <Notice tone="sky" title={`Your account: ${accountWord(account.status).word.toLowerCase()}.`}>
      <Text size="sm">
        This page works as soon as it is ready.{' '}
        <TextLink to="/apply/status" underline="always">
          See where it stands
        </TextLink>
      </Text>
    </Notice>
  )
}
