import type { JobKind, StandardFault } from './kind.ts'
import { plainRequest } from './kind.ts'

/** All but the token, without which nothing else is asked. */
const leaves = /^(?!token$)/
const once = { call: 1 } as const

const faults: readonly StandardFault[] = [
  {
    name: 'throttled',
    says: 'two requests are answered with 503',
    strikes: [{ on: '*', fault: 'throttled', from: 2, times: 2 }],
  },
  {
    name: 'unavailable',
    says: 'every request from the second on is answered with 503',
    strikes: [{ on: '*', fault: 'unavailable', from: 2 }],
  },
  {
    name: 'internal-error',
    says: 'the first request of each area is answered with 500',
    strikes: [{ on: leaves, fault: 'internal-error', ...once }],
  },
  { name: 'no-token', says: 'no token is given', strikes: [{ on: /^token$/, fault: 'forbidden' }] },
  {
    name: 'token-refused',
    says: 'the token is refused once, as one that has run out',
    strikes: [{ on: '*', fault: 'unauthorized', call: 2 }],
  },
  {
    name: 'not-found',
    says: 'zone, network, tags and credentials are not found',
    strikes: [{ on: /^(tags|placement|network|credentials|user-data)$/, fault: 'not-found' }],
  },
  {
    name: 'reset',
    says: 'the first request of each area is cut off',
    strikes: [{ on: leaves, fault: 'reset', ...once }],
  },
  {
    name: 'half-a-body',
    says: 'half of the first answer of each area arrives',
    strikes: [{ on: leaves, fault: 'half-body', ...once }],
  },
  { name: 'slow', says: 'every answer comes 150 ms late', strikes: [{ on: '*', fault: 'slow', delayMs: 150 }] },
  {
    name: 'silence',
    says: 'the first request of each area is never answered',
    strikes: [{ on: leaves, fault: 'timeout', ...once }],
  },
  ...['expired-credentials', 'stale-credentials', 'role-not-assumable'].map((name): StandardFault => ({
    name,
    says: `the credentials of the role are not good: ${name}`,
    strikes: [{ on: /^credentials$/, fault: name }],
  })),
]

/** Instance metadata. Its real address is never given: jobs take theirs from the environment. */
export const imds: JobKind = {
  environment: (url) => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url, AWS_EC2_METADATA_DISABLED: 'false' }),
  request: (ask) => plainRequest(ask),
  faults,
  inventory: [],
}
