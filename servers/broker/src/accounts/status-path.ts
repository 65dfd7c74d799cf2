import type { AccountStatus, Application } from './account.ts'

/** One step of an application on its way: the next status and how long after the last one it comes. */
export type StatusStep = { readonly to: AccountStatus; readonly afterSeconds: number }

const FIXTURE = /\/fixtures\/status=([A-Z_]+)\/fixtures\//

const approval: readonly StatusStep[] = [
  { to: 'APPROVED', afterSeconds: 1 },
  { to: 'ACTIVE', afterSeconds: 1 },
]

/** The vendor's sandbox fixtures: where an application ends that asks for it (contracts/alpaca/accounts.md §3). */
const fixturePaths: Readonly<Partial<Record<string, readonly StatusStep[]>>> = {
  SUBMITTED: [],
  ACTION_REQUIRED: [{ to: 'ACTION_REQUIRED', afterSeconds: 1 }],
  APPROVAL_PENDING: [{ to: 'APPROVAL_PENDING', afterSeconds: 1 }],
  APPROVED: [{ to: 'APPROVED', afterSeconds: 1 }],
  REJECTED: [{ to: 'REJECTED', afterSeconds: 1 }],
  ACTIVE: approval,
  DISABLED: [...approval, { to: 'DISABLED', afterSeconds: 1 }],
  ACCOUNT_CLOSED: [...approval, { to: 'ACCOUNT_CLOSED', afterSeconds: 1 }],
}

/** What will become of an application after SUBMITTED. */
export function statusPath(
  application: Pick<Application, 'hasDisclosure' | 'additionalInformation'>,
): readonly StatusStep[] {
  const wanted = FIXTURE.exec(application.additionalInformation ?? '')?.[1]
  const byFixture = wanted === undefined ? undefined : fixturePaths[wanted]
  if (byFixture !== undefined) return byFixture
  return application.hasDisclosure ? [{ to: 'ACTION_REQUIRED', afterSeconds: 1 }] : approval
}

/** Crypto is opened by itself, a second after shares, and only for an account that becomes ACTIVE. */
export function cryptoPath(
  application: Pick<Application, 'enabledAssets'>,
  path: readonly StatusStep[],
): readonly StatusStep[] {
  const isWanted = application.enabledAssets.includes('crypto') && path.at(-1)?.to === 'ACTIVE'
  return isWanted
    ? [
        { to: 'APPROVED', afterSeconds: 2 },
        { to: 'ACTIVE', afterSeconds: 1 },
      ]
    : []
}
