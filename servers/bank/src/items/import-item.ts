import type { BankContext } from '../context.ts'
import { issueAccessToken } from '../tokens/token-store.ts'
import { createSandboxItem, type SandboxLink } from './sandbox.ts'

/** Where a partner's users are looked for when he names no bank. */
const USUAL_BANK = 'ins_109508'

/** An item without Link, for a partner who vouches for the person himself: it shows the default user. */
export async function importItem(
  ctx: BankContext,
  wanted: Omit<SandboxLink, 'institutionId'> & { institutionId: string | undefined },
): Promise<string> {
  const { institutionId = USUAL_BANK, ...link } = wanted
  return ctx.db.transaction().execute(async (tx) => {
    const { item } = await createSandboxItem(ctx, tx, { ...link, institutionId })
    return issueAccessToken(tx, item, ctx.clock.now())
  })
}
