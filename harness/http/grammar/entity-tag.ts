const entityTag = /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/** Whether a value is an entity tag, and of which strength (RFC 9110 section 8.8.3). `W/` keeps its case. */
export function entityTagStrength(value: string): 'strong' | 'weak' | undefined {
  const match = entityTag.exec(value)
  if (match === null) return undefined
  return match[1] === undefined ? 'strong' : 'weak'
}
