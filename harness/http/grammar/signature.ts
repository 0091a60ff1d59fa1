import type { MediaType } from './media-type.ts'

/** How content of a type begins, as latin-1 text: one character a byte (MIME Sniffing Standard section 6, and RFC 8794). */
const signatures: readonly (readonly [type: string, start: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBPVP/],
  ['application/pdf', /^%PDF-/],
  ['application/zip', /^PK\x03\x04/],
  ['text/html', /^\s*<(?:!doctype html|html)[\s>]/i],
]
const signed = new Set(signatures.map(([type]) => type).filter((type) => type !== 'application/zip'))

const container = /^[^]{4}ftyp/
const ogg = /^OggS\0/
const matroska = /^\x1aE\xdf\xa3/
const icon = /^\0\0[\x01\x02]\0/
const wave = /^RIFF[^]{4}WAVE/
/** Types that nothing is taken for, but which begin in one way only. */
const known: ReadonlyMap<string, RegExp> = new Map([
  ['image/bmp', /^BM/],
  ['image/x-icon', icon],
  ['image/vnd.microsoft.icon', icon],
  ['image/tiff', /^(?:II\*\0|MM\0\*)/],
  ...['image/avif', 'image/heic', 'image/heif', 'video/mp4', 'audio/mp4', 'video/3gpp', 'audio/x-m4a'].map(
    (type) => [type, container] as const,
  ),
  ...['audio/ogg', 'video/ogg', 'application/ogg'].map((type) => [type, ogg] as const),
  ...['video/webm', 'audio/webm', 'video/x-matroska'].map((type) => [type, matroska] as const),
  ...['audio/wav', 'audio/wave', 'audio/x-wav', 'audio/vnd.wave'].map((type) => [type, wave] as const),
  ['audio/mpeg', /^(?:ID3|\xff[\xe0-\xff])/],
  ['audio/aac', /^(?:ID3|\xff[\xf0-\xff])/],
  ['audio/flac', /^(?:fLaC|ID3)/],
  ['audio/midi', /^MThd/],
])

/** The type that content begins as, of those that can be told. */
export const beginsAs = (start: string): string | undefined =>
  signatures.find(([, pattern]) => pattern.test(start))?.[0]

/** True for a type that content can be told by. */
export const isSigned = (essence: string): boolean => signed.has(essence)

/** True for pictures, sound and films that are no text; what is XML or a playlist is text. */
export function isMedia({ type, subtype, essence }: MediaType): boolean {
  if (type !== 'image' && type !== 'audio' && type !== 'video' && essence !== 'application/ogg') return false
  return !/xml$|^svg|mpegurl|scpls|x-(?:portable|xbitmap|xpixmap)|dxf/.test(subtype)
}

/** False where content of that type cannot begin so. Of a type that is not known here: where it is plain text. */
export function mayBegin(essence: string, start: string): boolean {
  const pattern = signatures.find(([type]) => type === essence)?.[1] ?? known.get(essence)
  return pattern === undefined ? !/^[\t\n\r -~]*$/.test(start) : pattern.test(start)
}
