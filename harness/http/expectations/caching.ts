import { z } from 'zod'
import { rfc } from '../../kernel/index.ts'
import { varies } from '../active/support/page.ts'
import { currentAge, explicitLifetime, isSharedFresh, isUnstorable } from '../cacheability.ts'
import { cacheControlOf } from '../grammar/cache-control.ts'
import { given } from '../message.ts'
import type { Message } from '../message.ts'
import { answerAt, expectation } from './expectation.ts'
import { fieldSeen, missing, unless } from './seen.ts'

const seconds = z.int().min(0)
const controlled = (value: string): Message => given({ fields: [['Cache-Control', value]] })
const directives = ({ response }: Message) => cacheControlOf(response.fields)
const seen = (page: Message): string =>
  page.response.fields.has('cache-control') || !page.response.fields.has('expires')
    ? fieldSeen(page, 'Cache-Control')
    : fieldSeen(page, 'Expires')

const sharedForSeconds = expectation({
  id: 'caching-shared-for',
  value: seconds.min(1).meta({ description: 'A shared cache may keep the page for at least so many seconds' }),
  reference: rfc(9111, '4.2.1'),
  wanted: (value) => `a shared cache to be allowed to keep it for ${value} s`,
  look: (value, page) =>
    unless(isSharedFresh(page) && (explicitLifetime(page, 'shared') ?? 0) >= value, () => seen(page)),
  examples: [
    { title: 'long enough', value: 60, page: controlled('max-age=60'), met: true },
    { title: 'too short', value: 61, page: controlled('max-age=60'), met: false },
    { title: 'private', value: 60, page: controlled('private, max-age=60'), met: false },
    { title: 'nothing said', value: 1, page: given(), met: false },
  ],
})

const browserForSeconds = expectation({
  id: 'caching-browser-for',
  value: seconds.min(1).meta({ description: 'A browser may keep the page for at least so many seconds' }),
  reference: rfc(9111, '4.2.1'),
  wanted: (value) => `a browser to be allowed to keep it for ${value} s`,
  look: (value, page) => {
    const kept = !isUnstorable(page) && !directives(page).has('no-cache')
    return unless(kept && (explicitLifetime(page, 'private') ?? 0) >= value, () => seen(page))
  },
  examples: [
    { title: 'private is enough', value: 60, page: controlled('private, max-age=60'), met: true },
    { title: 'only for shared caches', value: 60, page: controlled('max-age=1, s-maxage=60'), met: false },
  ],
})

const atMostSeconds = expectation({
  id: 'caching-at-most',
  value: seconds.meta({ description: 'No cache may keep the page fresh longer, seconds' }),
  reference: rfc(9111, '4.2.1'),
  wanted: (value) => `an explicit lifetime of at most ${value} s`,
  look: (value, page) => {
    if (isUnstorable(page) || directives(page).has('no-cache')) return undefined
    const lifetimes = [explicitLifetime(page, 'shared'), explicitLifetime(page, 'private')]
    return unless(
      lifetimes.every((one) => one !== undefined && one <= value),
      () => seen(page),
    )
  },
  examples: [
    { title: 'shorter', value: 60, page: controlled('max-age=10'), met: true },
    { title: 'not kept at all', value: 0, page: controlled('no-store'), met: true },
    { title: 'longer for shared caches', value: 60, page: controlled('max-age=10, s-maxage=61'), met: false },
    { title: 'nothing said, so a cache may guess', value: 60, page: given(), met: false },
  ],
})

const neverStored = expectation({
  id: 'caching-never-stored',
  value: z.literal(true).meta({ description: 'No cache at all may keep the page' }),
  reference: rfc(9111, '5.2.2.5'),
  wanted: () => 'no-store',
  look: (_, page) => unless(directives(page).has('no-store'), () => seen(page)),
  examples: [
    { title: 'no-store', value: true, page: controlled('no-store'), met: true },
    { title: 'no-cache, which is something else', value: true, page: controlled('no-cache'), met: false },
  ],
})

const notShared = expectation({
  id: 'caching-not-shared',
  value: z.literal(true).meta({ description: 'No shared cache may keep the page' }),
  reference: rfc(9111, '5.2.2.7'),
  wanted: () => 'private or no-store',
  look: (_, page) => unless(directives(page).has('private') || directives(page).has('no-store'), () => seen(page)),
  examples: [
    { title: 'private', value: true, page: controlled('private, max-age=60'), met: true },
    { title: 'public', value: true, page: controlled('max-age=60'), met: false },
  ],
})

const authorization = expectation({
  id: 'caching-authorization',
  value: z.literal('not-shared').meta({ description: 'The answer to Authorization is not for shared caches' }),
  reference: rfc(9111, '3.5'),
  wanted: () => 'no shared cache to be allowed to keep the answer to Authorization',
  asks: () => [{ fields: [['Authorization', 'Basic c2VhdHJpYWw6c2VhdHJpYWw=']] }],
  look: (_, __, answers) => {
    const answer = answerAt(answers, 0)
    const said = directives(answer)
    const allowed = ['public', 'must-revalidate', 's-maxage'].some((name) => said.has(name))
    return unless(!allowed || said.has('private') || said.has('no-store'), () => seen(answer))
  },
  examples: [
    {
      title: 'nothing that allows it',
      value: 'not-shared',
      page: given(),
      answers: [controlled('max-age=1')],
      met: true,
    },
    { title: 'public', value: 'not-shared', page: given(), answers: [controlled('public, max-age=1')], met: false },
  ],
})

const vary = expectation({
  id: 'caching-vary',
  value: z.array(z.string().min(1)).min(1).meta({ description: 'Request fields that Vary names' }),
  reference: rfc(9110, '12.5.5'),
  wanted: (value) => `Vary to name ${value.join(', ')}`,
  look: (value, page) =>
    missing(value, (name) => varies(page.response.fields, name), `${fieldSeen(page, 'Vary')}, without`),
  examples: [
    { title: 'among others', value: ['accept'], page: given({ fields: [['Vary', 'Accept, Cookie']] }), met: true },
    { title: 'another', value: ['Accept'], page: given({ fields: [['Vary', 'Accept-Encoding']] }), met: false },
  ],
})

const revalidated = expectation({
  id: 'caching-revalidated',
  value: z.literal(true).meta({ description: 'A cache may not use the page without asking once it is stale' }),
  reference: rfc(9111, '5.2.2.2'),
  wanted: () => 'no-cache, must-revalidate or no-store',
  look: (_, page) =>
    unless(
      ['no-cache', 'must-revalidate', 'no-store'].some((name) => directives(page).has(name)),
      () => seen(page),
    ),
  examples: [
    { title: 'must-revalidate', value: true, page: controlled('max-age=1, must-revalidate'), met: true },
    { title: 'not said', value: true, page: controlled('max-age=1'), met: false },
  ],
})

const staleWhileRevalidateSeconds = expectation({
  id: 'caching-stale-while-revalidate',
  value: seconds.min(1).meta({ description: 'May be served stale for at least so long while it is asked for anew' }),
  reference: rfc(5861, '3'),
  wanted: (value) => `stale-while-revalidate of ${value} s or more`,
  look: (value, page) => unless((directives(page).seconds('stale-while-revalidate') ?? 0) >= value, () => seen(page)),
  examples: [
    { title: 'enough', value: 9, page: controlled('max-age=1, stale-while-revalidate=9'), met: true },
    { title: 'none', value: 9, page: controlled('max-age=1'), met: false },
  ],
})

const staleIfErrorSeconds = expectation({
  id: 'caching-stale-if-error',
  value: seconds.min(1).meta({ description: 'May be served stale for at least so long when the server fails' }),
  reference: rfc(5861, '4'),
  wanted: (value) => `stale-if-error of ${value} s or more`,
  look: (value, page) => unless((directives(page).seconds('stale-if-error') ?? 0) >= value, () => seen(page)),
  examples: [
    { title: 'enough', value: 9, page: controlled('max-age=1, stale-if-error=9'), met: true },
    { title: 'too little', value: 9, page: controlled('max-age=1, stale-if-error=8'), met: false },
  ],
})

const immutable = expectation({
  id: 'caching-immutable',
  value: z.literal(true).meta({ description: 'The page says that it will not change while it is fresh' }),
  reference: rfc(8246, '2'),
  wanted: () => 'immutable',
  look: (_, page) => unless(directives(page).has('immutable'), () => seen(page)),
  examples: [
    { title: 'immutable', value: true, page: controlled('max-age=9, immutable'), met: true },
    { title: 'not said', value: true, page: controlled('max-age=9'), met: false },
  ],
})

const ageAtMostSeconds = expectation({
  id: 'caching-age',
  value: seconds.meta({ description: 'The page was not longer in caches than this, seconds' }),
  reference: rfc(9111, '4.2.3'),
  wanted: (value) => `an age of at most ${value} s`,
  look: (value, page) => unless(currentAge(page) <= value, () => `an age of ${Math.round(currentAge(page))} s`),
  examples: [
    { title: 'young', value: 60, page: given({ fields: [['Age', '60']] }), met: true },
    { title: 'old', value: 60, page: given({ fields: [['Age', '61']] }), met: false },
  ],
})

export const caching = {
  sharedForSeconds,
  browserForSeconds,
  atMostSeconds,
  neverStored,
  notShared,
  authorization,
  vary,
  revalidated,
  staleWhileRevalidateSeconds,
  staleIfErrorSeconds,
  immutable,
  ageAtMostSeconds,
}
