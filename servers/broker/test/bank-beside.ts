import { bankMigrations, startBank } from '@paddock/bank'
import { freshDatabase } from '@paddock/pg-test'
import type { WorldClock } from '@paddock/service'
import { Configuration, PlaidApi, ProcessorTokenCreateRequestProcessorEnum, Products } from 'plaid'

const keys = { clientId: 'test-client', secret: 'test-bank-secret' }

/** A real bank server on a database of its own, and the way to get processor tokens from it; with a drop, the ACH operator. */
export async function bankBeside(
  clock: WorldClock,
  ach?: { readonly folder: string; readonly fileKeys: readonly Buffer[] },
) {
  const database = await freshDatabase({ schema: 'bank', sources: bankMigrations })
  const bank = await startBank({
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.url,
    clock,
    keys,
    cipherKey: Buffer.alloc(32, 9),
    linkOrigins: [],
    logLevel: 'silent',
    seed: 'broker-tests',
    ach,
  })
  const client = new PlaidApi(
    new Configuration({
      basePath: bank.url,
      baseOptions: { headers: { 'PLAID-CLIENT-ID': keys.clientId, 'PLAID-SECRET': keys.secret } },
    }),
  )
  return {
    bank,
    client,
    settings: { baseUrl: bank.url, ...keys },
    /** Links `user_good` without a browser and hands its account of this kind to the broker. */
    async processorToken(
      { subtype, products }: { subtype: string; products: Products[] } = {
        subtype: 'checking',
        products: [Products.Auth, Products.Identity],
      },
    ) {
      const { data: link } = await client.sandboxPublicTokenCreate({
        institution_id: 'ins_109508',
        initial_products: products,
      })
      const { data: item } = await client.itemPublicTokenExchange({ public_token: link.public_token })
      const { access_token } = item
      const { data } = await client.accountsGet({ access_token })
      const account = data.accounts.find((one) => one.subtype === subtype)
      if (account === undefined) throw new Error(`no ${subtype} account`)
      const made = await client.processorTokenCreate({
        access_token,
        account_id: account.account_id,
        processor: ProcessorTokenCreateRequestProcessorEnum.Alpaca,
      })
      return { token: made.data.processor_token, accessToken: access_token }
    },
    async [Symbol.asyncDispose]() {
      await bank.close()
      await database[Symbol.asyncDispose]()
    },
  }
}
