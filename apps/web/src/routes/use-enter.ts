import type { Me } from '@paddock/platform-wire'
import { useQueryClient } from '@tanstack/react-query'
import { meQuery } from '../api/session.ts'

/** Forgets whatever another person has seen in this tab and remembers who has just signed in. */
export function useEnter() {
  const queryClient = useQueryClient()
  return (me: Me) => {
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'config' })
    queryClient.setQueryData(meQuery.queryKey, me)
  }
}
