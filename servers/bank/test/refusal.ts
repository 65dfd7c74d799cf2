interface PlaidFailure {
  response?: { status: number; data: Record<string, unknown> }
}

/** The vendor's error in a call that must fail, as `{ status, code, type }`. */
export async function refusalOf(call: Promise<unknown>) {
  try {
    await call
  } catch (error) {
    const { response } = error as PlaidFailure
    if (response === undefined) throw error
    const { error_type, error_code, request_id } = response.data
    return { status: response.status, type: error_type, code: error_code, requestId: request_id }
  }
  throw new Error('the call was not refused')
}
