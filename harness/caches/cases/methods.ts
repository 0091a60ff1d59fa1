import { rfc } from '../../kernel/index.ts'
import type { CaseRequest } from '../case.ts'
import { topic } from '../topic.ts'

const base = ['caches/freshness-max-age'] as const
const hour = [['Cache-Control', 'max-age=3600']] as const
const writes = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'] as const

/** Methods other than GET. */
export const methodCases = topic({
  id: 'caches/methods',
  remedy: 'Let the cache answer GET and HEAD out of its store, and pass on every other method.',
  cases: [
    ...writes.map((method) => ({
      name: `${method.toLowerCase()}-passed-on`,
      title: `A ${method} reaches the origin though a GET of the address is stored.`,
      level: 'required' as const,
      reference: rfc(9111, '4'),
      needs: base,
      requests: [
        { answer: { fields: hour } },
        { method, body: 'abc', given: {}, expect: { from: 'origin' as const, asked: { method } } },
      ] satisfies CaseRequest[],
    })),
    ...writes.map((method) => ({
      name: `${method.toLowerCase()}-not-reused`,
      title: `The answer to a ${method} is not given to a GET.`,
      level: 'required' as const,
      reference: rfc(9111, '3'),
      needs: base,
      requests: [
        { method, body: 'abc', answer: { fields: hour }, given: { from: 'origin' as const } },
        { expect: { from: 'origin' as const } },
      ] satisfies CaseRequest[],
    })),
    {
      name: 'post-content-location',
      title: 'The answer to a POST whose Content-Location is its address is used for a GET.',
      level: 'optional',
      reference: rfc(9110, '9.3.3'),
      aka: 'method-POST',
      requests: [
        {
          method: 'POST',
          body: '12345',
          answer: { fields: [...hour, ['Content-Location', '{here}/']] },
          given: { from: 'origin' },
        },
        { expect: { from: 'cache' } },
      ],
    },
    {
      name: 'post-twice',
      title: 'A POST is not answered with the stored answer to an equal POST.',
      level: 'required',
      reference: rfc(9111, '4'),
      requests: [
        { method: 'POST', body: 'a', answer: { fields: hour }, given: { from: 'origin' } },
        { method: 'POST', body: 'a', given: {}, expect: { from: 'origin' } },
      ],
    },
    {
      name: 'post-body',
      title: 'A POST reaches the origin once.',
      level: 'required',
      reference: rfc(9110, '9.2.2'),
      requests: [{ method: 'POST', body: 'a', given: { from: 'origin' }, expect: { askedTimes: 1 } }],
    },
    {
      name: 'head-from-get',
      title: 'A HEAD is answered out of a stored GET.',
      level: 'optional',
      reference: rfc(9111, '4'),
      needs: base,
      requests: [{ answer: { fields: hour } }, { method: 'HEAD', expect: { from: 'cache', status: 200, body: '' } }],
    },
    {
      name: 'head-content-length',
      title: 'A HEAD out of the store has the length of the stored content.',
      level: 'observation',
      reference: rfc(9110, '9.3.2'),
      needs: ['caches/methods-head-from-get'],
      requests: [
        { answer: { fields: hour, body: 'ten bytes.' } },
        { method: 'HEAD', given: { from: 'cache' }, expect: { fields: [['Content-Length', '10']] } },
      ],
    },
    {
      name: 'get-after-head',
      title: 'A GET is not answered out of a stored HEAD: there is no content in it.',
      level: 'required',
      reference: rfc(9110, '9.3.2'),
      requests: [
        { method: 'HEAD', answer: { fields: hour, body: 'ten bytes.' }, given: { status: 200 } },
        { answer: { fields: hour, body: 'ten bytes.' }, expect: { body: 'ten bytes.', status: 200 } },
      ],
    },
    {
      name: 'head-written-through',
      title: 'A HEAD reaches the origin as HEAD where what is stored is stale.',
      level: 'observation',
      reference: rfc(9111, '4.3.5'),
      aka: 'head-writethrough',
      needs: base,
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=1']] } },
        { after: 2.5, method: 'HEAD', given: {}, expect: { asked: { method: 'HEAD' } } },
      ],
    },
    {
      name: 'head-keeps-fields',
      title: 'A field that a HEAD does not bring stays as it was stored.',
      level: 'observation',
      reference: rfc(9111, '4.3.5'),
      aka: 'head-200-retain',
      needs: ['caches/methods-head-written-through'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1'],
              ['Template-A', '1'],
            ],
          },
        },
        { after: 2.5, method: 'HEAD', given: { asked: { method: 'HEAD' } }, expect: { fields: [['Template-A', '1']] } },
      ],
    },
    {
      name: 'head-prolongs',
      title: 'A HEAD that brings a lifetime makes the stored answer fresh again.',
      level: 'observation',
      reference: rfc(9111, '4.3.5'),
      aka: 'head-200-freshness-update',
      needs: ['caches/methods-head-written-through'],
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=1']], body: 'ten bytes.' } },
        {
          after: 2.5,
          method: 'HEAD',
          answer: { fields: [['Cache-Control', 'max-age=1000']], body: 'ten bytes.' },
          given: { asked: { method: 'HEAD' } },
        },
        { expect: { from: 'cache' } },
      ],
    },
    {
      name: 'head-updates',
      title: 'A HEAD that brings another value of a field updates the stored answer.',
      level: 'observation',
      reference: rfc(9111, '4.3.5'),
      aka: 'head-200-update',
      needs: ['caches/methods-head-prolongs'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1'],
              ['Template-A', '1'],
            ],
            body: 'ten bytes.',
          },
        },
        {
          after: 2.5,
          method: 'HEAD',
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1000'],
              ['Template-A', '2'],
            ],
            body: 'ten bytes.',
          },
          given: { asked: { method: 'HEAD' } },
        },
        { given: { from: 'cache' }, expect: { fields: [['Template-A', '2']] } },
      ],
    },
    {
      name: 'head-410',
      title: 'A 410 to a HEAD updates the stored answer.',
      level: 'observation',
      reference: rfc(9111, '4.3.5'),
      aka: 'head-410-update',
      needs: ['caches/methods-head-prolongs'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1'],
              ['Template-A', '1'],
            ],
          },
        },
        {
          after: 2.5,
          method: 'HEAD',
          answer: {
            status: 410,
            fields: [
              ['Cache-Control', 'max-age=1000'],
              ['Template-A', '2'],
            ],
          },
          given: { asked: { method: 'HEAD' } },
        },
        { given: { from: 'cache' }, expect: { fields: [['Template-A', '2']] } },
      ],
    },
  ],
})
