import { document, rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const hour = ['Cache-Control', 'max-age=3600'] as const
const cookie = ['Set-Cookie', 'session=1; Path=/'] as const
const reference = rfc(9111, '7.3')
const vcl = document('RFC 6265 section 3', 'https://www.rfc-editor.org/rfc/rfc6265#section-3')

/** Cookies, which the RFC lets a cache store and prudence does not. */
export const cookieCases = topic({
  id: 'caches/cookies',
  remedy: 'Let the cache store no answer with Set-Cookie, or strip the field: a stored cookie is given to everybody.',
  cases: [
    {
      name: 'set-cookie-not-shared',
      title: 'A cookie that was set for one client is not given to another out of the store.',
      level: 'observation',
      reference,
      requests: [{ answer: { fields: [hour, cookie] } }, { expect: { absent: ['Set-Cookie'] } }],
    },
    {
      name: 'set-cookie',
      title: 'A fresh answer that sets a cookie is used again.',
      level: 'optional',
      reference,
      aka: 'other-set-cookie',
      requests: [{ answer: { fields: [hour, cookie] } }, { expect: { from: 'cache' } }],
    },
    {
      name: 'set-cookie-public',
      title: 'A fresh answer that sets a cookie is used again where it is public.',
      level: 'observation',
      reference,
      requests: [
        { answer: { fields: [['Cache-Control', 'public, max-age=3600'], cookie] } },
        { expect: { from: 'cache' } },
      ],
    },
    {
      name: 'set-cookie-heuristic',
      title: 'An answer that sets a cookie gets no heuristic freshness.',
      level: 'observation',
      reference,
      requests: [
        { answer: { fields: [['Last-Modified', '{start-86400}'], ['Date', '{now}'], cookie] } },
        { expect: { from: 'not-cache' } },
      ],
    },
    {
      name: 'set-cookie-private',
      title: 'A private answer that sets a cookie is not used again.',
      level: 'required',
      reference: rfc(9111, '5.2.2.7'),
      requests: [
        { answer: { fields: [['Cache-Control', 'private, max-age=3600'], cookie] } },
        { expect: { from: 'origin' } },
      ],
    },
    {
      name: 'set-cookie-no-cache-field',
      title: 'Set-Cookie is left out of a stored answer where no-cache names it.',
      level: 'observation',
      reference: rfc(9111, '5.2.2.4'),
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=3600, no-cache="Set-Cookie"'], cookie] } },
        { expect: { absent: ['Set-Cookie'] } },
      ],
    },
    {
      name: 'set-cookie-two',
      title: 'Two Set-Cookie lines reach the first client as two lines.',
      level: 'required',
      reference: vcl,
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'no-store'],
              ['Set-Cookie', 'a=1'],
              ['Set-Cookie', 'b=2'],
            ],
          },
          given: { from: 'origin' },
          expect: { fields: [['Set-Cookie', 'a=1, b=2']] },
        },
      ],
    },
    {
      name: 'cookie',
      title: 'A fresh answer is used again for a request with a Cookie.',
      level: 'optional',
      reference: rfc(9111, '4'),
      aka: 'other-cookie',
      needs: ['caches/freshness-max-age'],
      requests: [{ answer: { fields: [hour] } }, { fields: [['Cookie', 'a=b']], expect: { from: 'cache' } }],
    },
    {
      name: 'cookie-first',
      title: 'A fresh answer to a request with a Cookie is used again.',
      level: 'observation',
      reference: rfc(9111, '4'),
      needs: ['caches/freshness-max-age'],
      requests: [{ fields: [['Cookie', 'a=b']], answer: { fields: [hour] } }, { expect: { from: 'cache' } }],
    },
    {
      name: 'cookie-passed-on',
      title: 'A Cookie is passed on to the origin as it is.',
      level: 'required',
      reference: vcl,
      requests: [
        {
          fields: [['Cookie', 'a=b; c=d']],
          given: { from: 'origin' },
          expect: { asked: { fields: [['Cookie', 'a=b; c=d']] } },
        },
      ],
    },
  ],
})
