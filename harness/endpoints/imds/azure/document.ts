import { isIn } from './versions.ts'

/** All leaves are text: the service writes no number, no boolean, no null. */
export type Document = string | readonly Document[] | { readonly [key: string]: Document }

/** The document as a version has it. */
export function asOf(version: string, document: Document, path = ''): Document {
  if (typeof document === 'string') return document
  if (isList(document)) return document.map((each) => asOf(version, each, `${path}/*`))
  const fields = Object.entries(document).flatMap(([key, value]) => {
    const below = path === '' ? key : `${path}/${key}`
    return isIn(version, below) ? [[key, asOf(version, value, below)] as const] : []
  })
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** What stands below it, by keys and indexes; undefined when nothing does. */
export function walk(document: Document, keys: readonly string[]): Document | undefined {
  let at: Document | undefined = document
  for (const key of keys) {
    if (at === undefined || typeof at === 'string') return undefined
    // An index is digits alone; at() would count from the end.
    if (isList(at)) at = /^\d{1,4}$/.test(key) ? at[Number(key)] : undefined
    else at = Object.entries(at).find(([name]) => name === key)?.[1]
  }
  return at
}

/** A leaf as itself; anything else as what is in it, one a line, folders with a slash. */
export function asText(document: Document): string {
  if (typeof document === 'string') return document
  return Object.entries(document)
    .map(([key, value]) => (typeof value === 'string' ? key : `${key}/`))
    .join('\n')
}

function isList(document: Exclude<Document, string>): document is readonly Document[] {
  return Array.isArray(document)
}
