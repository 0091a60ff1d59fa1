import { oncePerSection } from './once.ts'
import { parseDictionary } from './structured-field.ts'

/** The names that Reporting-Endpoints gives (Reporting API section 3.2). */
export const endpointsOf = oncePerSection((fields): ReadonlySet<string> => {
  const value = fields.get('reporting-endpoints')
  return new Set(value === undefined ? [] : (parseDictionary(value)?.members.keys() ?? []))
})
