import type { HttpServer } from '@paddock/service'
import type { FastifyTypeProviderDefault } from 'fastify'
import type { BankContext } from '../context.ts'
import { serveAccounts } from './accounts.ts'
import { serveBankIncome } from './bank-income.ts'
import { serveCategories } from './categories.ts'
import { answerError } from './errors.ts'
import type { HttpApp } from './http-app.ts'
import { serveIdentity } from './identity.ts'
import { serveInstitutions } from './institutions.ts'
import { serveInvestments } from './investments.ts'
import { serveItems } from './items.ts'
import { serveLiabilities } from './liabilities.ts'
import { serveLinkPage } from './link-page.ts'
import { serveLinkSessions } from './link-sessions.ts'
import { serveLinkTokens } from './link-tokens.ts'
import { serveProcessor } from './processor.ts'
import { serveProcessorTokens } from './processor-tokens.ts'
import { serveRecurring } from './recurring.ts'
import { serveBankReference } from './reference.ts'
import { guardRequests } from './request-guard.ts'
import { serveSandbox } from './sandbox.ts'
import { serveSandboxTransactions } from './sandbox-transactions.ts'
import { serveSignal } from './signal.ts'
import { serveAchDoors } from './sim-ach.ts'
import { serveAccountDoors } from './sim-bank-accounts.ts'
import { serveFaultDoors } from './sim-faults.ts'
import { serveStatements } from './statements.ts'
import { serveTransactions } from './transactions.ts'
import { serveUsers } from './users.ts'
import { serveWebhookDoors, serveWebhooks } from './webhooks.ts'
import { RequestRefused } from './wire-error.ts'

/** Puts everything that the bank serves on `app`. */
export async function serveBank(server: HttpServer, ctx: BankContext): Promise<void> {
  const app: HttpApp = server.withTypeProvider<FastifyTypeProviderDefault>()
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((req, reply) => answerError(new RequestRefused('path_unknown') as never, req, reply))
  guardRequests(app)
  await serveBankReference(server)
  serveInstitutions(app, ctx)
  serveItems(app, ctx)
  serveAccounts(app, ctx)
  serveProcessor(app, ctx)
  serveProcessorTokens(app, ctx)
  serveTransactions(app, ctx)
  serveRecurring(app, ctx)
  serveCategories(app)
  serveSandboxTransactions(app, ctx)
  serveIdentity(app, ctx)
  serveSignal(app, ctx)
  serveInvestments(app, ctx)
  serveLiabilities(app, ctx)
  serveSandbox(app, ctx)
  serveUsers(app, ctx)
  serveBankIncome(app, ctx)
  serveStatements(app, ctx)
  serveWebhooks(app, ctx)
  serveLinkTokens(app, ctx)
  serveLinkSessions(app, ctx)
  serveAccountDoors(app, ctx)
  serveAchDoors(app, ctx)
  serveWebhookDoors(app, ctx)
  serveFaultDoors(app, ctx)
  await serveLinkPage(app, ctx)
}
