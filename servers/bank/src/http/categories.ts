import { CategoriesGetRequest, CategoriesGetResponse } from '@paddock/bank-wire'
import { legacyCategories } from '../categories/legacy.ts'
import type { HttpApp } from './http-app.ts'

const answer = legacyCategories.map(({ id, group, hierarchy }) => ({
  category_id: id,
  group,
  hierarchy: [...hierarchy],
}))

/** The vendor's first list of categories: the one operation that asks for no keys. */
export function serveCategories(app: HttpApp): void {
  app.post(
    '/categories/get',
    { schema: { body: CategoriesGetRequest, response: { 200: CategoriesGetResponse } } },
    async (req) => ({ categories: answer, request_id: req.plaidRequestId }),
  )
}
