import { institutions } from './catalog.ts'
import { type Institution, routingNumbersOf } from './institution.ts'

export interface InstitutionFilter {
  countryCodes: readonly string[]
  /** All of them must be supported; an empty list asks for nothing. */
  products?: readonly string[] | undefined
  routingNumbers?: readonly string[] | undefined
  oauth?: boolean | undefined
}

/** The institutions that pass the filter, in the catalog's order. */
export function listInstitutions(filter: InstitutionFilter): Institution[] {
  return institutions.filter((institution) => {
    const { countryCodes, products = [], routingNumbers, oauth } = filter
    return (
      countryCodes.includes(institution.countryCode) &&
      products.every((product) => institution.products.some((offered) => offered === product)) &&
      (routingNumbers === undefined ||
        routingNumbersOf(institution).some((number) => routingNumbers.includes(number))) &&
      (oauth === undefined || institution.oauth === oauth)
    )
  })
}

/** The institutions whose id or name matches `query`, best match first. */
export function searchInstitutions(query: string, filter: InstitutionFilter): Institution[] {
  const wanted = query.trim().toLocaleLowerCase('en')
  return listInstitutions(filter)
    .map((institution) => ({ institution, rank: rankOf(institution, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .map(({ institution }) => institution)
}

const NO_MATCH = 4

function rankOf({ id, name }: Institution, wanted: string): number {
  const text = name.toLocaleLowerCase('en')
  if (id === wanted || text === wanted) return 0
  if (text.startsWith(wanted)) return 1
  if (text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 2
  return text.includes(wanted) ? 3 : NO_MATCH
}
