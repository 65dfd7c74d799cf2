import {
  LinkCodeRequest,
  LinkMatchRequest,
  LinkMatchResponse,
  LinkNumbersRequest,
  LinkNumbersResponse,
  LinkRoutingRequest,
  LinkRoutingResponse,
  RequestIdResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { unlistedBank } from '../institutions/catalog.ts'
import { openSession } from '../link-sessions/open-session.ts'
import { submitMatch } from '../verification/after-login.ts'
import { submitNumbers } from '../verification/by-hand.ts'
import { submitCode } from '../verification/code.ts'
import { draftOf } from '../verification/typed-account.ts'
import { bankOfRouting } from '../verification/typed-numbers.ts'
import type { HttpApp } from './http-app.ts'
import { call, keyOf } from './link-call.ts'
import { presentDeposit, presentLinkInstitution } from './present-link.ts'

/** The calls of Link for numbers that are typed, and for the codes of deposits (contracts/plaid/micro-deposits.md). */
export function serveLinkNumbers(app: HttpApp, ctx: BankContext): void {
  call(app, 'routing', LinkRoutingRequest, LinkRoutingResponse, async (body) => {
    await openSession(ctx, keyOf(body))
    const { id, name } = bankOfRouting(body.routing_number)
    return { bank_name: id === unlistedBank.id ? null : name }
  })

  call(app, 'numbers', LinkNumbersRequest, LinkNumbersResponse, async (body) => {
    const { institution, kept } = await submitNumbers(ctx, keyOf(body), {
      routing: body.routing_number,
      account: body.account_number,
      subtype: body.subtype,
      holderName: body.holder_name,
    })
    const isInstant = kept.method === 'INSTANT_MICRODEPOSITS'
    return {
      institution: presentLinkInstitution(institution),
      deposit: isInstant ? presentDeposit(draftOf(kept), kept.numbers) : null,
    }
  })

  call(app, 'match', LinkMatchRequest, LinkMatchResponse, async (body) =>
    submitMatch(ctx, keyOf(body), {
      accountKey: body.account_key,
      routing: body.routing_number,
      account: body.account_number,
    }),
  )

  call(app, 'code', LinkCodeRequest, RequestIdResponse, async (body) => {
    await submitCode(ctx, keyOf(body), body.code)
    return {}
  })
}
