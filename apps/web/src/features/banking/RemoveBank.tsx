import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { Bank } from '@paddock/platform-wire'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { banksQuery, removeBank } from '../../api/banks.ts'
import { describeProblem } from '../../api/problem-words.ts'
import { Problem } from '../../ui/Problem.tsx'

/** Says what stops and what stays before it removes a bank. */
export function RemoveBank({ bank }: { bank: Bank }) {
  const [isAsking, setIsAsking] = useState(false)
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => removeBank(bank.id),
    onSuccess: () => setIsAsking(false),
    onSettled: () => queryClient.invalidateQueries({ queryKey: banksQuery.queryKey }),
  })
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={`Remove ${bank.institution_name}`}
        onClick={() => setIsAsking(true)}
      >
        Remove
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Remove ${bank.institution_name}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          <Text>
            Deposits and withdrawals with this bank stop, and Paddock forgets its balances. Transfers that
            were made stay in your history. You can link it again at any time.
          </Text>
          {remove.error && <Problem problem={describeProblem(remove.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setIsAsking(false)}>
              Keep it
            </Button>
            <Button color="ember" loading={remove.isPending} onClick={() => remove.mutate()}>
              Remove the bank
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
