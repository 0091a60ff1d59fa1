import { Fields } from '../wire/index.ts'
import type { Heard, OriginSaw, Pairs, Transcript } from './transcript.ts'

/** Where a response came from, proven by its content and by what the origin saw. */
export type Source =
  | { readonly kind: 'cache' | 'validation' | 'origin'; readonly answer: OriginSaw | undefined }
  | { readonly kind: 'own' }

/** Field lines as they are asked by name. */
export function fieldsOf(pairs: Pairs): Fields {
  return Fields.of(pairs)
}

/**
 * Content is the proof: it names the answer that it was made for. Where there is none (304, HEAD, a
 * scripted body), the answer's own field tells, and last whether the origin was asked at all.
 */
export function sourceOf(number: number, heard: Heard, { token, origin }: Transcript): Source {
  const asked = origin.filter((one) => one.request === number)
  const validated = asked.some((one) => one.answer.status === 304)
  const answer = answerNamed(heard, token, origin)
  if (answer !== undefined) {
    if (answer.request === number) return { kind: 'origin', answer }
    return { kind: validated ? 'validation' : 'cache', answer }
  }
  if (heard.status !== 304) return { kind: 'own' }
  // Said by the origin itself or by the cache after it: either way it was asked.
  if (validated) return { kind: 'validation', answer: undefined }
  return asked.length > 0 ? { kind: 'origin', answer: undefined } : { kind: 'cache', answer: undefined }
}

function answerNamed(heard: Heard, token: string, origin: readonly OriginSaw[]): OriginSaw | undefined {
  // What was made for another case is none of this one's answers, whatever its fields say.
  const other = /^seatrial (\S+) \d+$/m.exec(heard.body)?.[1]
  if (other !== undefined && other !== token) return undefined
  const text = new RegExp(`^seatrial ${token.replaceAll('.', '\\.')} (\\d+)$`, 'm').exec(heard.body)?.[1]
  const field = fieldsOf(heard.fields).all('seatrial-answer').at(-1)
  const serial = Number(text ?? field)
  return origin.find((one) => one.serial === serial)
}
