import { rfc } from '../../kernel/index.ts'
import type { CaseLevel, FieldPairs } from '../case.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

const hour: FieldPairs = [['Cache-Control', 'max-age=3600']]

interface Ask {
  readonly at?: string
  readonly fields?: FieldPairs
}

function keyed(
  name: string,
  title: string,
  first: Ask,
  second: Ask,
  from: 'cache' | 'origin',
  { level, aka }: { level?: CaseLevel; aka?: string } = {},
): CaseInput {
  return {
    name,
    title,
    level: level ?? (from === 'cache' ? 'optional' : 'required'),
    reference: rfc(9111, '2'),
    ...(aka !== undefined && { aka }),
    needs: ['caches/freshness-max-age'],
    requests: [
      { ...first, answer: { fields: hour } },
      { ...second, expect: { from } },
    ],
  }
}

/** The key under which an answer is stored: the whole target URI, and nothing that makes one of two. */
export const keyCases = topic({
  id: 'caches/keys',
  remedy: 'Make the key of scheme, host, path and query as they are.',
  cases: [
    keyed('query', 'Two queries are two keys.', { at: '?a=1' }, { at: '?a=2' }, 'origin', {
      aka: 'query-args-different',
    }),
    keyed('query-same', 'The same query is the same key.', { at: '?a=1' }, { at: '?a=1' }, 'cache', {
      aka: 'query-args-same',
    }),
    keyed('query-none', 'A query and none are two keys.', { at: '?a=1' }, {}, 'origin'),
    keyed('query-added', 'None and a query are two keys.', {}, { at: '?a=1' }, 'origin'),
    keyed('query-order', 'The order of a query makes two keys.', { at: '?a=1&b=2' }, { at: '?b=2&a=1' }, 'origin', {
      level: 'observation',
    }),
    keyed('query-case', 'The case of a query makes two keys.', { at: '?a=x' }, { at: '?a=X' }, 'origin'),
    keyed('query-empty', 'An empty query and none are two keys.', { at: 'x?' }, { at: 'x' }, 'origin', {
      level: 'observation',
    }),
    keyed(
      'query-encoded',
      'An encoded and a plain letter in a query are two keys.',
      { at: '?a=%7E' },
      { at: '?a=~' },
      'origin',
      { level: 'observation' },
    ),
    keyed('path', 'Two paths are two keys.', { at: 'one' }, { at: 'two' }, 'origin'),
    keyed('path-case', 'The case of a path makes two keys.', { at: 'one' }, { at: 'ONE' }, 'origin'),
    keyed('path-slash', 'A slash at the end makes two keys.', { at: 'one' }, { at: 'one/' }, 'origin'),
    keyed(
      'path-prefix',
      'A path and one that begins with it are two keys.',
      { at: 'one' },
      { at: 'one/two' },
      'origin',
    ),
    keyed(
      'path-encoded',
      'An encoded and a plain letter in a path are two keys.',
      { at: 'a%2Fb' },
      { at: 'a/b' },
      'origin',
      { level: 'observation' },
    ),
    keyed('path-double-slash', 'Two slashes are not one.', { at: 'a//b' }, { at: 'a/b' }, 'origin', {
      level: 'observation',
    }),
    keyed('path-parameters', 'Parameters of a path make two keys.', { at: 'a;v=1' }, { at: 'a;v=2' }, 'origin'),
    keyed(
      'host',
      'Two hosts are two keys.',
      { fields: [['Host', 'one.test']] },
      { fields: [['Host', 'two.test']] },
      'origin',
    ),
    keyed(
      'host-case',
      'The case of a host does not make two keys.',
      { fields: [['Host', 'one.test']] },
      { fields: [['Host', 'ONE.test']] },
      'cache',
      { level: 'observation' },
    ),
    keyed(
      'host-port',
      'Two ports are two keys.',
      { fields: [['Host', 'one.test:8080']] },
      { fields: [['Host', 'one.test:8081']] },
      'origin',
      { level: 'observation' },
    ),
    keyed(
      'forwarded-host',
      'X-Forwarded-Host is no part of the key, and changes nothing.',
      { fields: [['X-Forwarded-Host', 'one.test']] },
      { fields: [['X-Forwarded-Host', 'two.test']] },
      'cache',
    ),
    keyed(
      'method-override',
      'X-HTTP-Method-Override is no part of the key.',
      { fields: [['X-HTTP-Method-Override', 'GET']] },
      {},
      'cache',
    ),
    keyed(
      'accept',
      'Accept is no part of the key where Vary does not name it.',
      { fields: [['Accept', 'text/html']] },
      { fields: [['Accept', 'image/png']] },
      'cache',
    ),
    keyed(
      'accept-encoding',
      'Accept-Encoding is no part of the key where Vary does not name it.',
      { fields: [['Accept-Encoding', 'gzip']] },
      { fields: [['Accept-Encoding', 'identity']] },
      'cache',
      { level: 'observation' },
    ),
    keyed(
      'user-agent',
      'User-Agent is no part of the key where Vary does not name it.',
      { fields: [['User-Agent', 'one']] },
      { fields: [['User-Agent', 'two']] },
      'cache',
    ),
    keyed(
      'referer',
      'Referer is no part of the key.',
      { fields: [['Referer', 'https://one.test/']] },
      { fields: [['Referer', 'https://two.test/']] },
      'cache',
    ),
  ],
})
