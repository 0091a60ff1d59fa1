import { rfc } from '../../kernel/index.ts'
import type { FieldPairs } from '../case.ts'
import { topic } from '../topic.ts'

const hour = ['Cache-Control', 'max-age=3600'] as const
const forms: readonly (readonly [name: string, title: string, answer: FieldPairs, request: FieldPairs, aka: string])[] =
  [
    [
      'request-no-cache',
      'Pragma: no-cache in a request makes nobody ask the origin.',
      [hour],
      [['Pragma', 'no-cache']],
      'pragma-request-no-cache',
    ],
    [
      'request-extension',
      'Pragma: foo in a request changes nothing.',
      [hour],
      [['Pragma', 'unrecognised-extension']],
      'pragma-request-extension',
    ],
    [
      'response-no-cache',
      'Pragma: no-cache in an answer with max-age changes nothing.',
      [hour, ['Pragma', 'no-cache']],
      [],
      'pragma-response-no-cache',
    ],
    [
      'response-no-cache-heuristic',
      'Pragma: no-cache in an answer changes nothing of its heuristic freshness.',
      [
        ['Last-Modified', '{start-10000}'],
        ['Pragma', 'no-cache'],
      ],
      [],
      'pragma-response-no-cache-heuristic',
    ],
    [
      'response-extension',
      'Pragma: foo in an answer changes nothing.',
      [hour, ['Pragma', 'unrecognised-extension']],
      [],
      'pragma-response-extension',
    ],
  ]

/** Pragma, which is deprecated and which some still heed. */
export const pragmaCases = topic({
  id: 'caches/pragma',
  remedy: 'Send Cache-Control and no Pragma; let the cache heed Pragma in requests or not, but know which.',
  cases: [
    ...forms.map(([name, title, fields, request, aka]) => ({
      name,
      title,
      level: 'observation' as const,
      reference: rfc(9111, '5.4'),
      aka,
      requests: [{ answer: { fields } }, { fields: request, expect: { from: 'cache' as const } }],
    })),
    {
      name: 'request-cache-control',
      title: 'Pragma: no-cache is not heeded in a request that has a Cache-Control too.',
      level: 'observation',
      reference: rfc(9111, '5.4'),
      needs: ['caches/freshness-max-age'],
      requests: [
        { answer: { fields: [hour] } },
        {
          fields: [
            ['Pragma', 'no-cache'],
            ['Cache-Control', 'max-age=600'],
          ],
          expect: { from: 'cache' },
        },
      ],
    },
  ],
})
