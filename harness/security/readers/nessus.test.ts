import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('scan.nessus')

describe('.nessus v2', () => {
  test('tells every item with the number that Nessus gives it, its host, port, CVEs and score', async () => {
    const { format, findings, troubles } = await reading(whole)
    expect(format).toBe('nessus')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      {
        id: '156014',
        title: 'Apache Log4Shell RCE detection',
        severity: 'critical',
        said: '4',
        cvss: 10,
        cves: ['CVE-2021-44228'],
        host: '10.1.2.3',
        aliases: ['10.1.2.3', 'shop.test'],
        port: 443,
        protocol: 'tcp',
        excerpt: 'It asked 10.9.9.9 for ldap.',
        at: 'line 13',
      },
      { id: '51192', severity: 'medium', cvss: 6.4, excerpt: 'The certificate of this service cannot be trusted.' },
      { id: '19506', severity: 'info' },
      { id: '70658', severity: 'low', host: '10.1.2.4', port: 22 },
    ])
    expect(findings[2]).not.toHaveProperty('port')
  })

  test('tells which Nessus looked, when, and how old its plugins were', async () => {
    const { head } = await reading(whole)
    expect(head).toEqual({
      is: 'head',
      tool: 'Nessus',
      version: '10.8.3',
      lookedAt: Date.UTC(2026, 10, 16),
      feedAt: Date.UTC(2026, 10, 15, 3, 30),
      targets: 2,
    })
  })

  test.for<[name: string, from: string | RegExp, to: string, kind: string, why: string]>([
    ['a severity that there is not', 'severity="4"', 'severity="7"', 'severity', '156014: its severity is "7"'],
    ['an empty severity', 'severity="4"', 'severity=""', 'severity', '156014: its severity is missing'],
    [
      'no severity at all',
      /severity="2"|<risk_factor>Medium<\/risk_factor>/g,
      '',
      'severity',
      '51192: its severity is missing',
    ],
    [
      'a host whose scan did not end',
      /<tag name="HOST_END">.*<\/tag>/,
      '',
      'incomplete',
      '10.1.2.3 began and did not end',
    ],
    ['no hosts', /<ReportHost[\s\S]*<\/ReportHost>/, '', 'nothing-scanned', 'nothing that was scanned'],
    [
      'an entity of its own',
      '<NessusClientData_v2>',
      '<!DOCTYPE a [<!ENTITY x "y">]><NessusClientData_v2>',
      'broken',
      'entities',
    ],
    ['an entity that nobody declared', '&amp;', '&file;', 'broken', 'it is no XML'],
  ])('with %s is told as unreliable', async ([, from, to, kind, why]) => {
    const { troubles } = await reading(whole.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to))
    expect(troubles).toMatchObject([{ kind, why: expect.stringContaining(why) }])
  })

  test('takes the risk factor where an item has no number', async () => {
    const { findings, troubles } = await reading(whole.replace(' severity="2"', ''))
    expect(findings[1]).toMatchObject({ severity: 'medium', said: 'Medium' })
    expect(troubles).toEqual([])
  })
})
