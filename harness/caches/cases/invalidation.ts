import { rfc } from '../../kernel/index.ts'
import type { Answer, CaseRequest } from '../case.ts'
import { topic } from '../topic.ts'

const reference = rfc(9111, '4.4')
const base = ['caches/freshness-max-age'] as const
const unsafe = ['POST', 'PUT', 'DELETE', 'PATCH', 'M-SEARCH'] as const
const stored: CaseRequest = { answer: { fields: [['Cache-Control', 'max-age=100000']] } }

function writing(method: string, answer: Answer = {}): CaseRequest {
  return { method, body: 'abc', answer, given: { status: answer.status ?? 200 } }
}

const akaOf: Readonly<Record<string, true>> = { POST: true, PUT: true, DELETE: true, 'M-SEARCH': true }

/** What a write does to what is stored. */
export const invalidationCases = topic({
  id: 'caches/invalidation',
  remedy: 'Let a write that succeeds drop what is stored under its address, its Location and its Content-Location.',
  cases: [
    ...unsafe.map((method) => ({
      name: method.toLowerCase(),
      title: `A ${method} that succeeds makes the cache forget what is stored under its address.`,
      level: 'required' as const,
      reference,
      ...(akaOf[method] === true && { aka: `invalidate-${method}` }),
      needs: base,
      requests: [stored, writing(method), { expect: { from: 'origin' as const } }],
    })),
    ...unsafe.map((method) => ({
      name: `${method.toLowerCase()}-failed`,
      title: `A ${method} that fails leaves the stored answer in use.`,
      level: 'optional' as const,
      reference,
      ...(akaOf[method] === true && { aka: `invalidate-${method}-failed` }),
      needs: base,
      requests: [stored, writing(method, { status: 500 }), { expect: { from: 'cache' as const } }],
    })),
    ...unsafe.flatMap((method) =>
      (['Location', 'Content-Location'] as const).map((field) => ({
        name: `${method.toLowerCase()}-${field.toLowerCase()}`,
        title: `A ${method} that succeeds makes the cache forget what is stored under its ${field}.`,
        level: 'observation' as const,
        reference,
        ...(akaOf[method] === true && { aka: `invalidate-${method}-${field === 'Location' ? 'location' : 'cl'}` }),
        needs: base,
        requests: [
          { ...stored, at: 'target' },
          { ...writing(method, { fields: [[field, '{here}/target']] }), at: 'write' },
          { at: 'target', expect: { from: 'origin' as const } },
        ],
      })),
    ),
    {
      name: 'post-redirect',
      title: 'A POST that is answered with a redirect makes the cache forget too.',
      level: 'required',
      reference,
      needs: ['caches/invalidation-post'],
      requests: [
        stored,
        writing('POST', { status: 303, fields: [['Location', '{here}/done']] }),
        { expect: { from: 'origin' } },
      ],
    },
    {
      name: 'post-foreign-location',
      title: 'A Location on another host makes the cache forget nothing.',
      level: 'required',
      reference,
      needs: base,
      requests: [
        { ...stored, at: 'target' },
        { ...writing('POST', { fields: [['Location', 'http://elsewhere.test{here}/target']] }), at: 'write' },
        { at: 'target', expect: { from: 'cache' } },
      ],
    },
    {
      name: 'post-query',
      title: 'A POST makes the cache forget its own address with its query, and no other.',
      level: 'optional',
      reference,
      needs: base,
      requests: [
        { ...stored, at: '?a=1' },
        { ...writing('POST'), at: '?a=2' },
        { at: '?a=1', expect: { from: 'cache' } },
      ],
    },
    ...(['GET', 'HEAD', 'OPTIONS'] as const).map((method) => ({
      name: `safe-${method.toLowerCase()}`,
      title: `A ${method}, which is safe, makes the cache forget nothing.`,
      level: 'optional' as const,
      reference,
      needs: base,
      requests: [stored, { method, given: {} }, { expect: { from: 'cache' as const } }],
    })),
  ],
})
