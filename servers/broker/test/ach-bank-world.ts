import { freshFolder } from '@paddock/pg-test'
import { WorldClock } from '@paddock/service'
import type { BrokerConfig } from '../src/config.ts'
import { bankBeside } from './bank-beside.ts'
import { brokerWorld, FRIDAY_NOON } from './broker-world.ts'

/** A broker and its bank, which is the ACH operator as well: one clock, one drop, nothing between but files. */
export async function achBankWorld(change: Partial<BrokerConfig> = {}) {
  const folder = await freshFolder()
  const clock = new WorldClock({ frozenAt: FRIDAY_NOON })
  const ach = { folder: folder.path, fileKeys: [Buffer.alloc(32, 9)] }
  const beside = await bankBeside(clock, ach)
  const world = await brokerWorld({ clock, ach, bank: beside.settings, ...change })

  /** An account whose bank is the one beside: its checking account has a hundred dollars. */
  async function tokenAccount() {
    const id = await world.activeAccount()
    const { token, accessToken } = await beside.processorToken()
    const relationship = await world.must(
      world.call('POST', `/v1/accounts/${id}/ach_relationships`, { processor_token: token }),
    )
    await world.advance({ seconds: 2 })
    return { id, relationshipId: relationship.id as string, accessToken }
  }

  return {
    ...world,
    beside,
    tokenAccount,
    ops: (path: string) => world.call('GET', `/_ops/${path}`),
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await beside[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

export type AchBankWorld = Awaited<ReturnType<typeof achBankWorld>>
