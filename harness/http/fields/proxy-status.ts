import { rfc } from '../../kernel/index.ts'
import { statusList } from '../status-list.ts'

/** Proxy-Status: a List of proxies, with parameters (RFC 9209 section 2). */
export const proxyStatus = statusList({
  name: 'proxy-status',
  field: 'Proxy-Status',
  redbot: 'PROXY_STATUS',
  reference: rfc(9209, '2'),
  who: 'proxies',
  known: {
    error: ['token'],
    'next-hop': ['token', 'string'],
    'next-protocol': ['token', 'binary'],
    'received-status': ['integer'],
    details: ['string', 'token'],
  },
  right: 'a; received-status=200',
  wrong: 'a; error=1',
})
