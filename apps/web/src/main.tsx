import '@fontsource-variable/inter'
import './mantine.css'
import './base.css'
import { MantineProvider } from '@mantine/core'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { isApiError } from './api/api-error.ts'
import { meQuery } from './api/session.ts'
import { createPaddockRouter } from './routes/router.tsx'
import { cssVariables, theme } from './theme.ts'

/** Whichever call learns that the session has ended, the page goes to the sign-in. */
function forgetEndedSession(error: Error) {
  if (isApiError(error, 'not_signed_in')) queryClient.setQueryData(meQuery.queryKey, null)
}

const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetEndedSession }),
  mutationCache: new MutationCache({ onError: forgetEndedSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => !(isApiError(error) && error.isFinal) && failures < 2,
    },
  },
})
const router = createPaddockRouter(queryClient)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
