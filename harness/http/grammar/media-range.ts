import { tokenSource } from './token.ts'

const range = new RegExp(`^(${tokenSource})/(${tokenSource})$`)
const registrable = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*$/

export type MediaName = 'right' | 'not-a-media-type' | 'unregistrable' | 'too-long'

/**
 * What is to be said of a media type's name, its parameters left out: `type/subtype` (RFC 9110
 * section 8.3.1), with stars where ranges are allowed (section 12.5.1), of names that can be
 * registered (RFC 6838 section 4.2).
 */
export function mediaName(text: string, ranges: boolean): MediaName {
  const [, type, subtype] = range.exec(text) ?? []
  if (type === undefined || subtype === undefined) return 'not-a-media-type'
  const stars = type === '*' || subtype === '*'
  if (stars) return ranges && subtype === '*' ? 'right' : 'not-a-media-type'
  if (!registrable.test(type) || !registrable.test(subtype)) return 'unregistrable'
  return type.length > 127 || subtype.length > 127 ? 'too-long' : 'right'
}
