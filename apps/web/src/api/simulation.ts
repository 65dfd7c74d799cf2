import { ApiError } from './api-error.ts'

/**
 * Forces the outcome of a deposit or withdrawal in the simulated world. The browser calls the
 * simulation itself, because the platform knows nothing of it.
 */
export async function settleNow(simUrl: string, brokerTransferId: string): Promise<void> {
  const response = await fetch(`${simUrl}/_sim/transfers/${brokerTransferId}/settle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    credentials: 'omit',
  }).catch(() => undefined)
  if (response?.ok) return
  throw new ApiError({
    status: response?.status ?? 0,
    code: 'simulation_refused',
    message: 'The simulation did not settle this transfer.',
    requestId: response?.headers.get('x-request-id') ?? undefined,
  })
}
