import { createFormContext } from '@mantine/form'
import type { ApplicationDraft } from './draft.ts'

/** One form for all steps, so that going back loses nothing. */
export const [ApplicationFormProvider, useApplicationFormContext, useApplicationForm] =
  createFormContext<ApplicationDraft>()
