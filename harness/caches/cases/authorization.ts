import { rfc } from '../../kernel/index.ts'
import type { CaseLevel, FieldPairs, From } from '../case.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

const reference = rfc(9111, '3.5')
const secret: FieldPairs = [['Authorization', 'Basic Zm9vOmJhcg==']]
const other: FieldPairs = [['Authorization', 'Basic YmF6OnF1eA==']]

function authorized(
  name: string,
  title: string,
  fields: FieldPairs,
  from: From,
  {
    level = from === 'cache' ? 'optional' : 'required',
    again = [],
    aka,
  }: { level?: CaseLevel; again?: FieldPairs; aka?: string } = {},
): CaseInput {
  return {
    name,
    title,
    level,
    reference,
    ...(aka !== undefined && { aka }),
    needs: ['caches/freshness-max-age'],
    requests: [
      { fields: secret, answer: { fields } },
      { fields: again, expect: { from } },
    ],
  }
}

/** Answers to requests with credentials. */
export const authorizationCases = topic({
  id: 'caches/authorization',
  remedy:
    'Let the cache store no answer to a request with Authorization unless public, s-maxage or must-revalidate allow it.',
  cases: [
    authorized(
      'max-age',
      'An answer to a request with Authorization is not given to others, though max-age makes it fresh.',
      [['Cache-Control', 'max-age=3600']],
      'origin',
      { aka: 'other-authorization' },
    ),
    authorized(
      'expires',
      'An answer to a request with Authorization is not given to others, though Expires makes it fresh.',
      [
        ['Expires', '{now+7200}'],
        ['Date', '{now}'],
      ],
      'origin',
    ),
    authorized(
      'other-user',
      'An answer to one user is not given to another.',
      [['Cache-Control', 'max-age=3600']],
      'origin',
      { again: other },
    ),
    authorized(
      'same-user',
      'An answer to a request with Authorization is not kept for the same user either.',
      [['Cache-Control', 'max-age=3600']],
      'origin',
      { again: secret },
    ),
    authorized(
      'heuristic',
      'An answer to a request with Authorization gets no heuristic freshness.',
      [
        ['Last-Modified', '{start-86400}'],
        ['Date', '{now}'],
      ],
      'origin',
    ),
    authorized(
      'public',
      'public allows others the answer to a request with Authorization.',
      [['Cache-Control', 'public, max-age=3600']],
      'cache',
      { aka: 'other-authorization-public' },
    ),
    authorized(
      'must-revalidate',
      'must-revalidate allows others the answer to a request with Authorization.',
      [['Cache-Control', 'max-age=3600, must-revalidate']],
      'cache',
      { aka: 'other-authorization-must-revalidate' },
    ),
    authorized(
      's-maxage',
      's-maxage allows others the answer to a request with Authorization.',
      [['Cache-Control', 's-maxage=3600']],
      'cache',
      { aka: 'other-authorization-smaxage' },
    ),
    authorized(
      'private',
      'private outranks public for the answer to a request with Authorization.',
      [['Cache-Control', 'public, private, max-age=3600']],
      'origin',
    ),
    {
      name: 'stored-for-all',
      title: 'An answer that was stored for all is given to a request with Authorization too.',
      level: 'observation',
      reference,
      needs: ['caches/freshness-max-age'],
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=3600']] } },
        { fields: secret, expect: { from: 'cache' } },
      ],
    },
    {
      name: 'passed-on',
      title: 'Authorization is passed on to the origin as it is.',
      level: 'required',
      reference: rfc(9110, '11.6.2'),
      requests: [{ fields: secret, given: { from: 'origin' }, expect: { asked: { fields: secret } } }],
    },
    {
      name: 'unauthorized',
      title: 'A 401 without explicit freshness is not used again.',
      level: 'required',
      reference: rfc(9111, '3'),
      requests: [
        { answer: { status: 401, fields: [['WWW-Authenticate', 'Basic realm="x"']] } },
        { fields: secret, expect: { from: 'origin', status: 200 } },
      ],
    },
  ],
})
