import { Button, Radio, Stack, Text } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import type { PlaidAccount } from 'react-plaid-link'
import { Notice } from '../../ui/Notice.tsx'
import classes from './ChooseAccount.module.css'

interface ChooseAccountProps {
  institution: string
  accounts: readonly PlaidAccount[]
  isConnecting: boolean
  onChosen: (accountId: string) => void
}

/** ACH moves money only from and to these. */
const MOVABLE = ['checking', 'savings', 'cash management']
const movable = (account: PlaidAccount) => MOVABLE.includes(account.subtype)

/** Which of the linked accounts money moves from and to. One candidate needs no question. */
export function ChooseAccount({ institution, accounts, isConnecting, onChosen }: ChooseAccountProps) {
  const candidates = accounts.filter(movable)
  const only = candidates.length === 1 ? candidates[0]?.id : undefined
  const [chosen, setChosen] = useState(only ?? '')
  const choose = useEffectEvent(onChosen)
  useEffect(() => {
    if (only !== undefined) choose(only)
  }, [only])
  if (candidates.length === 0) {
    return (
      <Notice tone="wheat" title={`${institution} shared no account that ACH can use.`} isAlert>
        <Text size="sm">
          Money moves only from and to checking and savings accounts. Link again and choose one.
        </Text>
      </Notice>
    )
  }
  return (
    <Stack>
      <Radio.Group
        label={`Which account at ${institution}?`}
        description="Deposits are taken from it and withdrawals go to it."
        value={chosen}
        onChange={setChosen}
      >
        <Stack gap={0} mt="sm" className={classes.list}>
          {accounts.map((account) => (
            <Radio
              key={account.id}
              value={account.id}
              disabled={!movable(account)}
              className={classes.row}
              label={`${account.name} ••${account.mask ?? '––'}`}
              description={movable(account) ? account.subtype : `${account.subtype}: ACH cannot use it`}
            />
          ))}
        </Stack>
      </Radio.Group>
      <div>
        <Button disabled={chosen === ''} loading={isConnecting} onClick={() => onChosen(chosen)}>
          Use this account
        </Button>
      </div>
    </Stack>
  )
}
