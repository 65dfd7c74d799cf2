import { Me, PublicConfig } from '@paddock/platform-wire'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { isApiError } from './api-error.ts'
import { noAnswer, request } from './client.ts'

export interface SignIn {
  email: string
  password: string
}

/** What this installation is: simulated or real, and where its Link script lies. */
export const configQuery = queryOptions({
  queryKey: ['config'],
  queryFn: ({ signal }) => request(PublicConfig, '/api/config', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Who is signed in, or null. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    try {
      return await request(Me, '/api/me', { signal })
    } catch (error) {
      if (isApiError(error) && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export const signUp = (body: SignIn) => request(Me, '/api/signup', { method: 'POST', body })
export const signIn = (body: SignIn) => request(Me, '/api/login', { method: 'POST', body })
export const signInAsDemo = () => request(Me, '/api/demo/login', { method: 'POST' })
export const signOut = () => request(noAnswer, '/api/logout', { method: 'POST' })

/** Remembers who is signed in now and forgets whatever another person has seen in this tab. */
export function changePerson(queryClient: QueryClient, me: Me | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'config' && queryKey[0] !== 'me' })
  queryClient.setQueryData(meQuery.queryKey, me)
}
