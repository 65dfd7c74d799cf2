import { type ApplicationDraft, emptyDraft } from './draft.ts'

const keyOf = (userId: string) => `paddock-application-${userId}`

/** Keeps the draft in this tab. The tax id is left out: it is never written anywhere in the browser. */
export function saveDraft(userId: string, draft: ApplicationDraft): void {
  sessionStorage.setItem(keyOf(userId), JSON.stringify({ ...draft, taxId: '' }))
}

export function loadDraft(userId: string): ApplicationDraft | undefined {
  const text = sessionStorage.getItem(keyOf(userId))
  if (text === null) return undefined
  try {
    return { ...emptyDraft, ...JSON.parse(text), taxId: '' }
  } catch {
    return undefined
  }
}

export function dropDraft(userId: string): void {
  sessionStorage.removeItem(keyOf(userId))
}
