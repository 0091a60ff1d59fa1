import { describe, expect, test } from 'vitest'
import { allowListOf, createAllowList, isAllowEntry } from './allow.ts'

const nothing = createAllowList({ hosts: [], origins: [] })
const ask = (allow: (url: URL) => void, url: string) => () => allow(new URL(url))

describe('an allow-list', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.9.9.9:8080/',
    'http://[::1]:8443/',
    'http://[::ffff:127.0.0.1]/',
    'https://localhost/',
    'http://app.localhost:3000/',
  ])('lets loopback pass without being told: %s', (url) => {
    expect(ask(nothing, url)).not.toThrow()
  })

  test.each([
    'http://example.test/',
    'http://10.0.0.1/',
    'http://localhost.example.test/',
    'http://127.0.0.1.example.test/',
    'http://0.0.0.0/',
  ])('refuses what is not listed, and says how to list it: %s', (url) => {
    expect(ask(nothing, url)).toThrow(
      expect.objectContaining({
        path: 'network.allow',
        given: new URL(url).origin,
        mend: expect.stringContaining('network.allow'),
      }),
    )
  })

  test('never shows the password of an address', () => {
    expect(ask(nothing, 'http://user:hunter2@example.test/')).not.toThrow('hunter2')
    expect(ask(nothing, 'http://user:hunter2@example.test/')).toThrow('http://example.test')
  })

  test('lets a listed host pass, in any case, on every port or on the one that is listed', () => {
    const allow = allowListOf(['Example.test', 'cache.test:8080', 'web.test:443', '10.1.2.3', 'fd12::1'])
    const passing = [
      'http://example.test:81/',
      'http://EXAMPLE.test./',
      'http://cache.test:8080/',
      'https://web.test/',
      'http://10.1.2.3/',
      'http://[fd12::1]/',
    ]
    for (const url of passing) expect(ask(allow, url)).not.toThrow()
    for (const url of ['http://cache.test/', 'http://web.test/', 'http://sub.example.test/'])
      expect(ask(allow, url)).toThrow('network.allow')
  })

  test('lets a listed origin pass, and no other port or scheme of it', () => {
    const allow = allowListOf(['https://shop.test'], ['http://172.18.0.2:8080'])
    for (const url of ['https://shop.test/cart', 'http://172.18.0.2:8080/']) expect(ask(allow, url)).not.toThrow()
    for (const url of ['http://shop.test/', 'https://shop.test:8443/', 'http://172.18.0.2/'])
      expect(ask(allow, url)).toThrow('network.allow')
  })

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.1.1/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://169.254.169.254./',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::169.254.169.254]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://metadata.google.internal/',
  ])('never lets a link-local or metadata address pass, also when it is listed: %s', (url) => {
    const { host, origin } = new URL(url)
    expect(ask(createAllowList({ hosts: [host], origins: [origin] }), url)).toThrow('not link-local')
  })

  test.each(['', 'a b', 'http://x/path', 'x/path', 'http://', 'user@host', 'https://u:p@h', 'x?y'])(
    'does not take "%s" for a host or an origin',
    (entry) => {
      expect(isAllowEntry(entry)).toBe(false)
      expect(() => allowListOf([entry])).toThrow('a host such as')
    },
  )
})
