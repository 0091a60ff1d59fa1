import { oncePerSection } from './once.ts'
import { parseDictionary } from './structured-field.ts'

/** Permissions-Policy of a section; undefined where it is absent or does not parse. */
export const permissionsPolicyOf = oncePerSection((fields) => {
  const value = fields.get('permissions-policy')
  return value === undefined ? undefined : parseDictionary(value)
})
