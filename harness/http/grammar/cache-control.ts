import { splitList, trimOws } from './list.ts'
import { oncePerSection } from './once.ts'
import { quotedStringSource, unquote } from './quoted-string.ts'
import { tokenSource } from './token.ts'

export interface CacheDirective {
  /** Lower-case: directives are compared without regard to case. */
  readonly name: string
  /** As it stood. */
  readonly written: string
  readonly value: string | undefined
  readonly quoted: boolean
}

export interface CacheControl {
  /** With those whose value is broken: `no-store=` asks for what `no-store` asks for. */
  readonly directives: readonly CacheDirective[]
  /** Members that the grammar does not allow, as they stood. */
  readonly malformed: readonly string[]
  readonly has: (name: string) => boolean
  /** The seconds of the first directive of that name; undefined when absent or no whole number. */
  readonly seconds: (name: string) => number | undefined
}

export type CheckFault = 'single' | 'all-zero' | 'post-bigger' | 'post-zero' | 'both'

const directive = new RegExp(`^(${tokenSource})(?:=(?:(${tokenSource})|(${quotedStringSource})))?$`)
const broken = new RegExp(`^(${tokenSource})=([^]*)$`)

/** Cache-Control of a section (RFC 9111 section 5.2). */
export const cacheControlOf = oncePerSection((fields) => parseCacheControl(fields.all('cache-control')))

/** Reads the lines of Cache-Control (RFC 9111 section 5.2). */
export function parseCacheControl(lines: readonly string[]): CacheControl {
  const directives: CacheDirective[] = []
  const malformed: string[] = []
  const first = new Map<string, CacheDirective>()
  for (const member of lines.flatMap((line) => splitList(line))) {
    const strict = directive.exec(member)
    if (strict === null) malformed.push(member)
    const [, written, token, quoted] = strict ?? broken.exec(member) ?? []
    if (written === undefined) continue
    const name = written.toLowerCase()
    const value = strict === null ? trimOws(token ?? '') : quoted === undefined ? token : unquote(quoted)
    const each: CacheDirective = { name, written, value, quoted: quoted !== undefined }
    directives.push(each)
    if (!first.has(name)) first.set(name, each)
  }
  return {
    directives,
    malformed,
    has: (name) => first.has(name),
    seconds(name) {
      const value = first.get(name)?.value
      return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined
    },
  }
}

/** What is wrong with pre-check and post-check, which only Internet Explorer knew; undefined where neither is read. */
export function checkPair({ seconds }: CacheControl): CheckFault | undefined {
  const [pre, post] = [seconds('pre-check'), seconds('post-check')]
  if (pre === undefined && post === undefined) return undefined
  if (pre === undefined || post === undefined) return 'single'
  if (pre === 0 && post === 0) return 'all-zero'
  if (post > pre) return 'post-bigger'
  return post === 0 ? 'post-zero' : 'both'
}
