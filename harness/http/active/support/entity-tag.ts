/** An entity tag (RFC 9110 section 8.8.3); `opaque` keeps its quotes. */
export interface EntityTag {
  readonly weak: boolean
  readonly opaque: string
}

/** A tag that no server has ever sent. */
export const unknownTag = '"seatrial-no-such-tag"'

/** Reads one entity tag; undefined when it is absent or not one. */
export function parseEntityTag(value: string | undefined): EntityTag | undefined {
  const match = /^(W\/)?("[\x21\x23-\x7e\x80-\xff]*")$/.exec(value?.trim() ?? '')
  return match?.[2] === undefined ? undefined : { weak: match[1] !== undefined, opaque: match[2] }
}

/** Strong comparison: equal, and neither is weak (RFC 9110 section 8.8.3.2). */
export function stronglyEqual(a: string | undefined, b: string | undefined): boolean {
  const [one, other] = [parseEntityTag(a), parseEntityTag(b)]
  return one !== undefined && other !== undefined && !one.weak && !other.weak && one.opaque === other.opaque
}
