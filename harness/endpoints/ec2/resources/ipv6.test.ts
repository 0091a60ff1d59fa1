import { describe, expect, test } from 'vitest'
import { cidr6Text, ipv6Text, parseCidr6, parseIpv6, within6 } from './ipv6.ts'

describe('IPv6 addresses are written in the short form of RFC 5952', () => {
  test.each([
    ['::', '::'],
    ['::1', '::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['fe80:0:0:0:1:0:0:0', 'fe80::1:0:0:0'],
    ['0:0:0:1:0:0:0:1', '::1:0:0:0:1'],
    ['1:0:0:2:0:0:0:0', '1:0:0:2::'],
    ['2001:db8:1000:100::', '2001:db8:1000:100::'],
  ])('%s is %s', (given, wanted) => {
    const number = parseIpv6(given)
    expect(number === undefined ? undefined : ipv6Text(number)).toBe(wanted)
  })

  test('what is no address is none', () => {
    expect(['', ':', '1::2::3', '2001:db8', '10.0.0.1', '12345::', 'fe80::1%eth0'].map(parseIpv6)).toEqual(
      Array.from({ length: 7 }, () => undefined),
    )
  })
})

describe('IPv6 blocks', () => {
  test('lose their host bits', () => {
    const block = parseCidr6('2001:db8::ffff/32')
    expect(block === undefined ? undefined : cidr6Text(block)).toBe('2001:db8::/32')
  })

  test('of more than 128 bits, or of none, are no blocks', () => {
    expect([parseCidr6('::/129'), parseCidr6('1080::1:200C:417A/999'), parseCidr6('::')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('lie in another when they are smaller and begin in it', () => {
    expect(within6('2001:db8:1000:100::/56', '2001:db8:1000:1ff::/64')).toBe(true)
    expect(within6('2001:db8:1000:100::/56', '2001:db8:1000:200::/64')).toBe(false)
    expect(within6('2001:db8:1000:100::/64', '2001:db8:1000:100::/56')).toBe(false)
  })
})
