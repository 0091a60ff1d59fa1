import type { CacheCase, CaseRequest, Wanted } from './case.ts'
import { givenOf } from './case.ts'
import { filled } from './placeholders.ts'
import type { Heard, OriginSaw, Pairs, Transcript } from './transcript.ts'
import { ownContent } from './transcript.ts'

/** What would be heard and seen of a cache that does all that the case wants. */
export function ideal(subject: CacheCase): Transcript {
  return played(
    subject,
    subject.requests.map((request) => ({ ...givenOf(request), ...request.expect })),
  )
}

/** The same, but for the last thing that the case expects: there the cache did something else. */
export function otherwise(subject: CacheCase): Transcript {
  const last = subject.requests.findLastIndex((request) => request.expect !== undefined)
  return played(
    subject,
    subject.requests.map((request, index) => {
      const given = givenOf(request)
      return index === last ? { ...given, ...opposite(request.expect ?? {}) } : { ...given, ...request.expect }
    }),
  )
}

/** The first thing wanted, turned round, and nothing else. */
function opposite(wanted: Wanted): Wanted {
  const { from, answerOf, validator, status, fields, present, absent, kept, age, body, asked } = wanted
  if (from !== undefined) return { from: from === 'cache' || from === 'validation' ? 'origin' : 'cache' }
  if (validator !== undefined) return { asked: {} }
  if (answerOf !== undefined) return { answerOf: answerOf === 1 ? 2 : 1 }
  if (status !== undefined) return { status: 599 }
  if (fields !== undefined) return { fields: fields.map(([name]) => [name, 'otherwise']) }
  if (kept !== undefined) return { fields: kept.map((name) => [name, 'otherwise']) }
  if (present !== undefined) return { absent: present }
  if (absent !== undefined) return { present: absent }
  if (age !== undefined) return { fields: [['Age', '999999']] }
  if (body !== undefined) return { body: 'otherwise' }
  if (asked !== undefined) {
    const { fields: named = [], absent: not = [] } = asked
    const turned = [...named.map(([name]) => [name, 'otherwise'] as const), ...not.map((name) => [name, 'x'] as const)]
    return { asked: { method: 'OTHERWISE', fields: turned } }
  }
  if (wanted.askedTimes !== undefined) return { askedTimes: wanted.askedTimes + 1 }
  return { interim: [], trailers: [] }
}

const start = Date.UTC(2030, 0, 1)

function played(subject: CacheCase, wants: readonly Wanted[]): Transcript {
  const token = 'example.1'
  const origin: OriginSaw[] = []
  const place = { start, here: `/${token}` }
  const fill = (pairs: Pairs): Pairs => pairs.map(([name, value]) => [name, filled(value, place)] as const)
  const heard = subject.requests.map((request, index): Heard => {
    const wanted = wants[index] ?? {}
    const number = index + 1
    const fields = fill(request.answer?.fields ?? [])
    const status = request.answer?.status ?? 200
    const ask = (answered: number, asking: Pairs = []): OriginSaw => {
      const saw: OriginSaw = {
        serial: origin.length + 1,
        request: number,
        method: wanted.asked?.method ?? request.method ?? 'GET',
        target: `${place.here}/${request.at ?? ''}`,
        fields: [...fill(wanted.asked?.fields ?? []), ...asking],
        at: start,
        answer: { status: answered, fields },
      }
      origin.push(saw)
      return saw
    }
    const stored = origin.findLast((one) =>
      wanted.answerOf === undefined ? one.answer.status !== 304 : one.request === wanted.answerOf,
    )
    for (let times = 1; times < (wanted.askedTimes ?? 1); times += 1) ask(status)
    const silently = wanted.from === 'cache' || wanted.askedTimes === 0
    if (silently) {
      // What a later request is given may have been fetched behind this one's back.
      const behind = wants.some((later) => later.answerOf === number)
      if (behind || (wanted.askedTimes ?? 0) > 0 || wanted.asked !== undefined) ask(status)
      return told(stored, wanted, request)
    }
    if (wanted.from === 'validation') {
      const named = wanted.asked?.fields?.some(([name]) => name.startsWith('If-')) === true
      ask(304, named ? [] : [[wanted.validator === 'last-modified' ? 'If-Modified-Since' : 'If-None-Match', 'x']])
      return told(stored, wanted, request)
    }
    const answer = ask(status)
    if (request.answer?.ends === 'disconnect') return told(undefined, { status: 502, ...wanted }, request)
    return told(wanted.answerOf === undefined ? answer : stored, wanted, request)
  })
  return { case: subject.id, token, start, heard, origin }

  function told(answer: OriginSaw | undefined, wanted: Wanted, request: CaseRequest): Heard {
    const script = answer === undefined ? undefined : subject.requests[answer.request - 1]?.answer
    const named = [wanted.status ?? answer?.answer.status ?? 200].flat()[0] ?? 200
    const silent = named === 304 || request.method === 'HEAD'
    const own = answer === undefined ? 'an error page' : ownContent('example.1', answer.serial)
    const given = fill([...(wanted.fields ?? []), ...(wanted.present ?? []).map((name) => [name, 'x'] as const)])
    const aged = wanted.age === undefined ? [] : ['Age']
    const replaced = [...given.map(([name]) => name), ...(wanted.absent ?? []), ...aged].map((name) =>
      name.toLowerCase(),
    )
    return {
      status: named,
      fields: [
        ...(answer?.answer.fields ?? []).filter(([name]) => !replaced.includes(name.toLowerCase())),
        ...given,
        ...(answer === undefined ? [] : [['Seatrial-Answer', String(answer.serial)] as const]),
        ...(wanted.age === undefined ? [] : [['Age', String(wanted.age[0])] as const]),
      ],
      trailers: fill(wanted.trailers ?? []),
      body: silent ? '' : (wanted.body ?? script?.body ?? own),
      interim: wanted.interim ?? [],
      at: start,
    }
  }
}
