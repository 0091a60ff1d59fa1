import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('openvas.xml')

describe('OpenVAS', () => {
  test.for([
    ['downloaded', whole],
    ['as its protocol gives it', `<get_reports_response status="200">${whole}</get_reports_response>`],
  ] as const)('a report %s tells results by their threat', async ([, text]) => {
    const { format, findings, troubles, suppressed, head } = await reading(text)
    expect(format).toBe('openvas')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      {
        severity: 'high',
        cvss: 9.8,
        cves: ['CVE-2021-42013'],
        host: '10.1.2.3',
        aliases: ['shop.test'],
        port: 443,
        protocol: 'tcp',
      },
      { severity: 'medium', cves: ['CVE-2013-2566', 'CVE-2015-2808'], port: 443 },
      { severity: 'info', said: 'Log' },
    ])
    expect(suppressed).toMatchObject([{ why: 'called a false positive' }])
    expect(head).toMatchObject({ targets: 1, lookedAt: Date.UTC(2026, 10, 16, 3) })
  })

  test.for<[what: string, from: string | RegExp, to: string, kind: string, why: string]>([
    ['of a scan that was stopped', '>Done<', '>Stopped<', 'incomplete', 'Stopped'],
    [
      'that holds a part of its results',
      '<filtered>4<',
      '<filtered>120<',
      'contradiction',
      'counts 120 results, and lists 4',
    ],
    ['of a threat that there is not', '<threat>High<', '<threat>Alarming<', 'severity', '"Alarming"'],
    [
      'with errors',
      '<count>0</count>',
      '<error><host>10.1.2.9</host><description>timed out</description></error>',
      'incomplete',
      '10.1.2.9',
    ],
  ])('a report %s is unreliable', async ([, from, to, kind, why]) => {
    const { troubles } = await reading(whole.replace(from, to))
    expect(troubles).toMatchObject([{ kind, why: expect.stringContaining(why) }])
  })

  test('no result and no host is nothing scanned', async () => {
    const bare = whole.replace(/<results[\s\S]*<\/host>/, '').replace('<count>1</count>', '<count>0</count>')
    expect((await reading(bare)).troubles).toMatchObject([{ kind: 'nothing-scanned' }])
  })
})
