import type { From, Wanted } from './case.ts'
import { filled } from './placeholders.ts'
import { fieldsOf, sourceOf } from './source.ts'
import type { Source } from './source.ts'
import type { Heard, OriginSaw, Transcript } from './transcript.ts'

/** The first thing that is not as wanted. */
export interface Mismatch {
  readonly wanted: string
  readonly seen: string
  /** The cache answered by itself where nothing went wrong at the origin: nothing can be said of what it stores. */
  readonly refused?: true
}

interface Facts {
  readonly number: number
  readonly heard: Heard
  readonly source: Source
  readonly asked: readonly OriginSaw[]
  readonly transcript: Transcript
}

/** Compares what was heard for one request with what is wanted, most telling thing first. */
export function mismatch(wanted: Wanted, number: number, heard: Heard, transcript: Transcript): Mismatch | undefined {
  const seen = transcript.origin.filter((one) => one.request === number)
  const facts: Facts = { number, heard, asked: seen, transcript, source: sourceOf(number, heard, transcript) }
  for (const look of looks) {
    const found = look(wanted, facts)
    if (found !== undefined) return found
  }
  return undefined
}

type Look = (wanted: Wanted, facts: Facts) => Mismatch | undefined

const looks: readonly Look[] = [from, validator, status, ownFields, age, content, asked]

const words: Readonly<Record<From, string>> = {
  cache: 'a stored answer',
  origin: 'a new answer of the origin',
  validation: 'a stored answer after a conditional request to the origin',
  'not-cache': 'no stored answer without asking the origin',
}

function from({ from: wanted, answerOf }: Wanted, { source, heard, asked: seen }: Facts): Mismatch | undefined {
  const shown =
    source.kind === 'own'
      ? `an answer of the cache's own, status ${heard.status}`
      : `${words[source.kind]}${source.answer === undefined ? '' : ` (to request ${source.answer.request})`}`
  if (wanted !== undefined) {
    const right = wanted === 'not-cache' ? source.kind !== 'cache' : source.kind === wanted
    const told = seen.length === 0 ? '; the origin was not asked' : ''
    if (!right) {
      return {
        wanted: words[wanted],
        seen: `${shown}${told}`,
        ...(wanted === 'origin' && source.kind === 'own' && { refused: true }),
      }
    }
  }
  const of = source.kind === 'own' ? undefined : source.answer?.request
  if (answerOf === undefined || of === answerOf) return undefined
  return { wanted: `the answer to request ${answerOf}`, seen: shown }
}

function validator({ validator: wanted }: Wanted, { asked: seen }: Facts): Mismatch | undefined {
  if (wanted === undefined) return undefined
  const name = wanted === 'etag' ? 'If-None-Match' : 'If-Modified-Since'
  if (seen.some((one) => fieldsOf(one.fields).has(name))) return undefined
  return { wanted: `a request with ${name}`, seen: seen.length === 0 ? 'no request' : `a request without ${name}` }
}

function status({ status: wanted }: Wanted, { heard }: Facts): Mismatch | undefined {
  if (wanted === undefined) return undefined
  const each = typeof wanted === 'number' ? [wanted] : wanted
  return each.includes(heard.status) ? undefined : { wanted: `status ${each.join(' or ')}`, seen: `${heard.status}` }
}

function ownFields(wanted: Wanted, { heard, source, transcript }: Facts): Mismatch | undefined {
  const fields = fieldsOf(heard.fields)
  const given = transcriptFields(wanted.fields ?? [], transcript)
  const kept = wanted.kept ?? []
  const stored = source.kind === 'own' ? undefined : source.answer
  const sent = fieldsOf(stored?.answer.fields ?? [])
  const asSent = stored === undefined ? [] : kept.map((name) => [name, sent.get(name) ?? ''] as const)
  for (const [name, value] of [...given, ...asSent]) {
    const got = fields.get(name)
    if (got !== undefined && sameValue(got, value)) continue
    return { wanted: `${name}: ${value}`, seen: got === undefined ? `no ${name}` : `${name}: ${got}` }
  }
  const missing = (wanted.present ?? []).find((name) => !fields.has(name))
  if (missing !== undefined) return { wanted: `a field ${missing}`, seen: `no ${missing}` }
  const extra = (wanted.absent ?? []).find((name) => fields.has(name))
  if (extra !== undefined) return { wanted: `no field ${extra}`, seen: `${extra}: ${fields.get(extra)}` }
  return undefined
}

function age({ age: wanted }: Wanted, { heard }: Facts): Mismatch | undefined {
  if (wanted === undefined) return undefined
  const [least, greatest] = wanted
  const value = fieldsOf(heard.fields).get('age')
  const right = value !== undefined && /^\d+$/.test(value) && Number(value) >= least && Number(value) <= greatest
  return right
    ? undefined
    : { wanted: `Age from ${least} to ${greatest}`, seen: value === undefined ? 'no Age' : value }
}

function content({ body, interim, trailers = [] }: Wanted, { heard, transcript }: Facts): Mismatch | undefined {
  if (body !== undefined && heard.body !== body) {
    return { wanted: `content ${JSON.stringify(body)}`, seen: JSON.stringify(heard.body.slice(0, 80)) }
  }
  const missing = interim?.find((code) => !heard.interim.includes(code))
  if (missing !== undefined) {
    return { wanted: `an interim ${missing}`, seen: heard.interim.length === 0 ? 'none' : heard.interim.join(', ') }
  }
  for (const [name, value] of transcriptFields(trailers, transcript)) {
    const got = fieldsOf(heard.trailers).get(name)
    if (got !== value) return { wanted: `trailer ${name}: ${value}`, seen: got ?? 'none' }
  }
  return undefined
}

function asked(wanted: Wanted, { asked: seen, transcript }: Facts): Mismatch | undefined {
  const { askedTimes } = wanted
  if (askedTimes !== undefined && seen.length !== askedTimes) {
    return { wanted: `${askedTimes} requests to the origin`, seen: `${seen.length}` }
  }
  if (wanted.asked === undefined) return undefined
  const [first] = seen
  if (first === undefined) return { wanted: 'a request to the origin', seen: 'none' }
  const { method, fields = [], absent = [] } = wanted.asked
  if (method !== undefined && first.method !== method) return { wanted: `a ${method} request`, seen: first.method }
  const got = fieldsOf(first.fields)
  for (const [name, value] of transcriptFields(fields, transcript)) {
    const it = got.get(name)
    if (it === undefined || !sameValue(it, value)) {
      return { wanted: `request field ${name}: ${value}`, seen: it === undefined ? `no ${name}` : `${name}: ${it}` }
    }
  }
  const extra = absent.find((name) => got.has(name))
  return extra === undefined ? undefined : { wanted: `no request field ${extra}`, seen: `${extra}: ${got.get(extra)}` }
}

function transcriptFields(
  pairs: readonly (readonly [string, string])[],
  { start, token }: Transcript,
): (readonly [string, string])[] {
  return pairs.map(([name, value]) => [name, filled(value, { start, here: `/${token}` })] as const)
}

/** Lists may be written with or without the space after the comma. */
function sameValue(one: string, other: string): boolean {
  const plain = (value: string): string => value.replaceAll(/\s*,\s*/g, ', ').trim()
  return plain(one) === plain(other)
}
