import { rfc } from '../../kernel/index.ts'
import { statusList } from '../status-list.ts'

/** Cache-Status: a List of caches, with parameters (RFC 9211 section 2). */
export const cacheStatus = statusList({
  name: 'cache-status',
  field: 'Cache-Status',
  redbot: 'CACHE_STATUS',
  reference: rfc(9211, '2'),
  who: 'caches',
  known: {
    hit: ['boolean'],
    fwd: new Set('bypass method uri-miss vary-miss miss request stale partial'.split(' ')),
    'fwd-status': ['integer'],
    ttl: ['integer'],
    stored: ['boolean'],
    collapsed: ['boolean'],
    key: ['string'],
    detail: ['token', 'string'],
  },
  right: 'a; hit; ttl=60',
  wrong: 'a; fwd=why',
})
