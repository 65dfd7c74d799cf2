import {
  InstitutionsGetByIdRequest,
  InstitutionsGetByIdResponse,
  InstitutionsGetRequest,
  InstitutionsGetResponse,
  InstitutionsSearchRequest,
  InstitutionsSearchResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { healthOf } from '../faults/meet-faults.ts'
import { findInstitution } from '../institutions/catalog.ts'
import { listInstitutions, searchInstitutions } from '../institutions/find-institutions.ts'
import { BankRefused } from '../refusals.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentInstitution } from './present-institution.ts'

const MOST_SEARCH_RESULTS = 10

export function serveInstitutions(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/institutions/get',
    { request: InstitutionsGetRequest, response: InstitutionsGetResponse },
    async ({ count, offset, country_codes, options }) => {
      const found = listInstitutions({
        countryCodes: country_codes,
        products: options?.products,
        routingNumbers: options?.routing_numbers,
        oauth: options?.oauth,
      })
      const page = found.slice(offset, offset + count)
      return {
        institutions: page.map((institution) => presentInstitution(institution, options)),
        total: found.length,
      }
    },
  )

  operation(
    app,
    ctx,
    '/institutions/get_by_id',
    { request: InstitutionsGetByIdRequest, response: InstitutionsGetByIdResponse },
    async ({ institution_id, country_codes, options }) => {
      const institution = findInstitution(institution_id)
      if (institution === undefined || !country_codes.includes(institution.countryCode)) {
        throw new BankRefused('institution_unknown')
      }
      const health = await healthOf(ctx, institution)
      return { institution: presentInstitution({ ...institution, health }, options, ctx.clock.now()) }
    },
  )

  operation(
    app,
    ctx,
    '/institutions/search',
    { request: InstitutionsSearchRequest, response: InstitutionsSearchResponse },
    async ({ query, country_codes, products, options }) => {
      const found = searchInstitutions(query, {
        countryCodes: country_codes,
        products,
        oauth: options?.oauth,
      })
      return {
        institutions: found
          .slice(0, MOST_SEARCH_RESULTS)
          .map((institution) => presentInstitution(institution, options)),
      }
    },
  )
}
