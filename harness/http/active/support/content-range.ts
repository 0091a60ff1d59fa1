/** Content-Range of bytes (RFC 9110 section 14.4); `total` is undefined when written `*`. */
export type ContentRange =
  | { readonly kind: 'range'; readonly first: number; readonly last: number; readonly total: number | undefined }
  | { readonly kind: 'unsatisfied'; readonly total: number }

/** Reads Content-Range; undefined when it is absent, malformed or of another unit. */
export function parseContentRange(value: string | undefined): ContentRange | undefined {
  const match = /^bytes (?:(\d+)-(\d+)\/(\d+|\*)|\*\/(\d+))$/i.exec(value?.trim() ?? '')
  if (match === null) return undefined
  const [, first, last, total, unsatisfied] = match
  if (unsatisfied !== undefined) return { kind: 'unsatisfied', total: Number(unsatisfied) }
  const range = { first: Number(first), last: Number(last), total: total === '*' ? undefined : Number(total) }
  const possible = range.first <= range.last && (range.total === undefined || range.last < range.total)
  return possible ? { kind: 'range', ...range } : undefined
}
