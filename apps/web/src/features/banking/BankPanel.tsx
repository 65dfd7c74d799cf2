import { Group, Text } from '@mantine/core'
import type { Bank } from '@paddock/platform-wire'
import { relationshipWord } from '../../api/state-words.ts'
import { usdInWords } from '../../ui/figures.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StateChip } from '../../ui/StateChip.tsx'
import { dateTimeInWords } from '../../ui/time.ts'
import classes from './BankPanel.module.css'
import { RemoveBank } from './RemoveBank.tsx'

/** One linked bank: its accounts with what is available large, and which of them moves money. */
export function BankPanel({ bank }: { bank: Bank }) {
  return (
    <Panel
      title={bank.institution_name}
      isFlush
      aside={bank.funding ? <StateChip {...relationshipWord(bank.funding.status)} /> : undefined}
    >
      <ul className={classes.accounts}>
        {bank.accounts.map((account) => (
          <li key={account.account_id} className={classes.account}>
            <div>
              <Group gap="xs">
                <Text fw={500}>
                  {account.name}{' '}
                  {account.mask !== null && <span className={classes.mask}>••{account.mask}</span>}
                </Text>
                {bank.funding?.account_id === account.account_id && (
                  <span className={classes.badge}>Moves money</span>
                )}
              </Group>
              <Text size="sm" c="dimmed">
                {subtypeInWords(account.subtype ?? 'account')}
              </Text>
            </div>
            <div className={classes.balances}>
              <Text fw={500}>{figuresOf(account).amount}</Text>
              <Text size="sm" c="dimmed">
                {figuresOf(account).note}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <Text size="xs" c="dimmed">
          Linked {dateTimeInWords(bank.linked_at)}
        </Text>
        <RemoveBank bank={bank} />
      </div>
    </Panel>
  )
}

/** What is available, large; a loan or a fund has only a balance. */
function figuresOf({ available, current }: Bank['accounts'][number]): { amount: string; note: string } {
  if (available === null) return { amount: current === null ? '–' : usdInWords(current), note: 'balance' }
  const isAll = current === null || current === available
  return { amount: usdInWords(available), note: isAll ? 'available' : `available of ${usdInWords(current)}` }
}

const subtypes: Readonly<Record<string, string>> = {
  cd: 'Certificate of deposit',
  hsa: 'Health savings',
  ira: 'Retirement (IRA)',
  '401k': 'Retirement (401k)',
  student: 'Student loan',
}

const subtypeInWords = (subtype: string) =>
  subtypes[subtype] ?? subtype.charAt(0).toUpperCase() + subtype.slice(1)
