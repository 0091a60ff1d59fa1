import { describe, expect, test } from 'vitest'
import { haproxyClaims } from './haproxy-claims.ts'

const pool = (
  lines: readonly string[],
  server = 'server a 10.0.0.1:80 check weight 3\n  server b 10.0.0.2:80',
): string =>
  `defaults\n  mode http\nfrontend web\n  bind :80\n  default_backend app\nbackend other\n  server x 10.0.0.9:80\n` +
  `backend app\n  ${lines.join('\n  ')}\n  ${server}\n`

const claims = (text: string, wanted?: string): object => haproxyClaims(text, 'haproxy.cfg', wanted)

describe('what a haproxy.cfg says that it does', () => {
  test.each([
    ['sends in proportion to weights', [], { shares: { a: 3, b: 1 } }],
    ['looks for the server with the least work', ['balance leastconn'], { sparesSlow: true }],
    ['keeps a path at its server', ['balance uri', 'hash-type consistent'], { stableBy: 'path' }],
    ['keeps a parameter', ['balance url_param id', 'hash-type consistent'], { stableBy: 'parameter:id' }],
    ['drops who leaves', ['option abortonclose'], { leavers: 'dropped', halfClosed: 'refused' }],
    ['tells the address', ['option forwardfor'], { clientAddress: 'X-Forwarded-For' }],
    ['tells no address', ['option forwardfor', 'no option forwardfor'], { clientAddress: false }],
    ['asks the application', ['option httpchk GET /health'], { health: {} }],
    ['asks another server', ['option redispatch'], { deadServer: 'unnoticed' }],
    ['asks no other server', [], { deadServer: 'allowed' }],
    ['holds visitors', ['cookie S insert'], { sticky: { cookie: 'S', flags: [] } }],
    [
      'holds visitors with a careful cookie',
      ['cookie S insert indirect httponly secure attr SameSite=Lax'],
      { sticky: { cookie: 'S', flags: ['HttpOnly', 'Secure', 'SameSite'] } },
    ],
  ])('%s', (_what, lines, wanted) => {
    expect(claims(pool(lines))).toMatchObject({ pool: 'app', expect: wanted })
  })

  test.each([
    ['a hash that is not consistent moves nearly all', ['balance uri'], ['stableBy', 'shares']],
    ['a cookie of the application holds nobody by itself', ['cookie S rewrite'], ['sticky']],
    ['a health check that no server has', ['option httpchk GET /health'], ['health']],
  ])('%s, so nothing is expected of it', (_what, lines, absent) => {
    const { expect: said } = haproxyClaims(pool(lines, 'server a 10.0.0.1:80'), 'haproxy.cfg', undefined)
    expect(Object.keys(said)).toEqual(expect.not.arrayContaining(absent))
  })

  test('a backup has no share, and is expected at the end', () => {
    expect(claims(pool([], 'server a 10.0.0.1:80\n  server z 10.0.0.2:80 backup'))).toMatchObject({
      expect: { shares: { a: 1 }, backup: ['z'] },
    })
  })

  test('of the pool that is named', () => {
    expect(claims(pool([]), 'other')).toMatchObject({ pool: 'other', expect: { shares: { x: 1 } } })
  })

  test('nothing where no server is', () => {
    expect(claims('frontend web\n  bind :80\n')).toEqual({ pool: undefined, expect: {} })
  })
})
