import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('npm-audit.json')

describe('npm audit', () => {
  test('tells a finding for each package', async () => {
    const { format, findings, troubles } = await reading(whole)
    expect(format).toBe('npm-audit')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      { id: 'lodash', title: 'Command Injection in lodash', severity: 'high', target: 'dependencies', spot: 'lodash' },
      { id: 'shop-lib', title: 'shop-lib depends on lodash', severity: 'medium', said: 'moderate' },
    ])
  })

  test('tells advisories, as npm 6 and pnpm have them', async () => {
    const advisory = { id: 1, title: 'Bad', module_name: 'a', severity: 'critical', cves: ['CVE-2020-1234'] }
    const counts = { info: 0, low: 0, moderate: 0, high: 0, critical: 3 }
    const old = {
      actions: [],
      advisories: { 1: advisory },
      muted: [],
      metadata: { vulnerabilities: counts, totalDependencies: 9 },
    }
    const { findings, troubles } = await reading(JSON.stringify(old))
    expect(findings).toMatchObject([{ severity: 'critical', cves: ['CVE-2020-1234'], spot: 'a' }])
    expect(troubles).toEqual([])
  })

  test('no vulnerable package among some is no finding and no trouble', async () => {
    const metadata = { vulnerabilities: { total: 0, high: 0 }, dependencies: { total: 4 } }
    const { told } = await reading(JSON.stringify({ auditReportVersion: 2, vulnerabilities: {}, metadata }))
    expect(told).toMatchObject([{ is: 'head', targets: 4 }])
  })

  test.for<[what: string, text: string, kind: string]>([
    ['a summary that differs', whole.replace('"high": 1', '"high": 2'), 'contradiction'],
    [
      'a severity that there is not',
      whole.replace('"severity": "high",\n      "isDirect"', '"severity": "grave",\n      "isDirect"'),
      'severity',
    ],
    [
      'no dependencies',
      whole
        .replace(/"vulnerabilities": \{\n    "lodash[\s\S]*?\n  \},/, '"vulnerabilities": {},')
        .replaceAll(/: [1-9](?=[,} ])/g, ': 0')
        .replace('Version": 0', 'Version": 2'),
      'nothing-scanned',
    ],
  ])('%s makes it unreliable', async ([, text, kind]) => {
    expect((await reading(text)).troubles).toMatchObject([{ kind }])
  })

  test('an npm that could not look says why', async () => {
    const error = { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } }
    const { troubles } = await reading(JSON.stringify(error))
    expect(troubles[0]).toMatchObject({ kind: 'incomplete', why: expect.stringContaining('lockfile') })
  })
})
