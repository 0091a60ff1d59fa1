import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('nuclei.jsonl')

describe('nuclei', () => {
  test('tells every match', async () => {
    const { format, findings, troubles, head } = await reading(whole)
    expect(format).toBe('nuclei')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      {
        id: 'CVE-2021-44228',
        severity: 'critical',
        cvss: 10,
        cves: ['CVE-2021-44228'],
        host: 'shop.test',
        port: 443,
        spot: '/login',
      },
      { id: 'missing-headers:x-frame-options', severity: 'info' },
      { id: 'ssh-weak-mac', severity: 'medium', host: '10.1.2.4', port: 22, excerpt: 'hmac-md5', at: 'line 3' },
    ])
    expect(head).toMatchObject({ lookedAt: Date.UTC(2026, 10, 16, 3, 0, 2) })
  })

  test('reads one list as it reads lines, and the fields of older versions', async () => {
    const list = `[${whole.trim().replaceAll('\n', ',\n')}]`
    expect((await reading(list)).findings).toHaveLength(3)
    const old = {
      templateID: 'git-config',
      info: { name: 'Git', severity: 'medium' },
      matched: 'http://a.test/.git/config',
    }
    expect((await reading(JSON.stringify(old))).findings).toMatchObject([
      { id: 'git-config', host: 'a.test', port: 80, spot: '/.git/config' },
    ])
  })

  test.for<[name: string, text: string, kind: string, at: string]>([
    [
      'a severity that nobody knows',
      whole.replace('"severity":"medium"', '"severity":"unknown"'),
      'severity',
      'line 3',
    ],
    ['a line that is cut off', whole.slice(0, -40), 'broken', 'line 4'],
    ['nothing in its list', '[{"template-id":"a","info":{}}', 'incomplete', 'line 1'],
  ])('%s makes the report unreliable', async ([, text, kind, at]) => {
    const { troubles } = await reading(text)
    expect(troubles.map((each) => each.kind)).toContain(kind)
    expect(troubles[0]?.at).toBe(at)
  })
})
