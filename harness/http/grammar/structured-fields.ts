import type { Fields } from '../../wire/index.ts'
import { permissionsPolicyOf } from './permissions-policy.ts'
import { parseDictionary, parseItem, parseList, repeatedKeys } from './structured-field.ts'

/** Fields that are Structured Fields, and of which kind; the specification of each says so. */
const kinds = {
  response: {
    'accept-ch': 'list',
    'accept-query': 'list',
    'cache-group-invalidation': 'list',
    'cache-groups': 'list',
    'cache-status': 'list',
    'cdn-cache-control': 'dictionary',
    'cross-origin-embedder-policy': 'item',
    'cross-origin-embedder-policy-report-only': 'item',
    'cross-origin-opener-policy': 'item',
    'cross-origin-opener-policy-report-only': 'item',
    deprecation: 'item',
    'permissions-policy': 'dictionary',
    'proxy-status': 'list',
    'reporting-endpoints': 'dictionary',
    'speculation-rules': 'list',
    'use-as-dictionary': 'dictionary',
  },
  request: { 'available-dictionary': 'item' },
} as const satisfies Record<'request' | 'response', Record<string, 'item' | 'list' | 'dictionary'>>

type Kind = 'item' | 'list' | 'dictionary'
const bySide = {
  response: new Map<string, Kind>(Object.entries(kinds.response)),
  request: new Map<string, Kind>(Object.entries(kinds.request)),
}
const parsers = { item: parseItem, list: parseList, dictionary: parseDictionary }

export type StructuredFault =
  | { readonly field: string; readonly value: string }
  | { readonly field: string; readonly key: string }

/** Structured Fields that do not parse, and keys that they give again (RFC 9651 section 4.2). */
export function* structuredFaults(fields: Fields, side: 'request' | 'response'): Iterable<StructuredFault> {
  for (const field of fields.names()) {
    const kind = bySide[side].get(field)
    if (kind === undefined) continue
    const value = fields.get(field) ?? ''
    if (field === 'permissions-policy') {
      // It is long, and its own checks read it too.
      const policy = permissionsPolicyOf(fields)
      if (policy === undefined) yield { field, value }
      else for (const key of new Set(policy.repeated)) yield { field, key }
      continue
    }
    if (parsers[kind](value) === undefined) yield { field, value }
    else for (const key of new Set(repeatedKeys(value, kind))) yield { field, key }
  }
}
