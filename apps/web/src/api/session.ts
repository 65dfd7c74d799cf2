import { Me, PublicConfig } from '@paddock/platform-wire'
import { queryOptions } from '@tanstack/react-query'
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
