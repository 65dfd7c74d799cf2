import type { Account } from '../items/item.ts'

/** The account's numbers as the wire has them, each kind or null. */
export function presentNumbers({ id, numbers }: Account) {
  const { ach, eft, international, bacs } = numbers ?? {}
  return {
    ach:
      ach === undefined
        ? null
        : {
            account_id: id,
            account: ach.account,
            routing: ach.routing,
            wire_routing: ach.wireRouting,
            is_tokenized_account_number: false,
          },
    eft: eft === undefined ? null : { account_id: id, ...eft },
    international: international === undefined ? null : { account_id: id, ...international },
    bacs: bacs === undefined ? null : { account_id: id, account: bacs.account, sort_code: bacs.sortCode },
  }
}

type Numbers = ReturnType<typeof presentNumbers>

/** The same for several accounts: `/auth/get` has an array for each kind. */
export function presentNumberLists(accounts: readonly Account[]) {
  const all = accounts.map(presentNumbers)
  const listOf = <Kind extends keyof Numbers>(kind: Kind) =>
    all.map((numbers) => numbers[kind]).filter((entry) => entry !== null) as NonNullable<Numbers[Kind]>[]
  return {
    ach: listOf('ach'),
    eft: listOf('eft'),
    international: listOf('international'),
    bacs: listOf('bacs'),
  }
}
