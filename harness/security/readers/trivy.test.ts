import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('trivy.json')
const vulnerability = { VulnerabilityID: 'CVE-2023-45853', PkgName: 'zlib1g', Severity: 'HIGH' }

describe('Trivy', () => {
  test('tells packages, configurations and secrets', async () => {
    const { format, findings, troubles, head } = await reading(whole)
    expect(format).toBe('trivy')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      { id: 'CVE-2023-45853', severity: 'critical', cvss: 9.8, target: 'shop/web', spot: 'system zlib1g' },
      { id: 'CVE-2011-3374', severity: 'low' },
      { id: 'DS002', severity: 'high', spot: 'app/Dockerfile', line: 3 },
      { id: 'github-pat', severity: 'critical', spot: 'app/.env', line: 2 },
    ])
    expect(head).toMatchObject({ targets: 3, lookedAt: Date.UTC(2026, 10, 16, 3, 0, 0, 123) })
  })

  test.for<[name: string, report: unknown]>([
    ['before there was a schema', [{ Target: 'web:1 (debian 12)', Type: 'debian', Vulnerabilities: [vulnerability] }]],
    [
      'with keys in order of the alphabet',
      { ArtifactName: 'web:1', Results: [{ Class: 'os-pkgs', Target: 'x', Vulnerabilities: [vulnerability] }] },
    ],
    [
      'of a cluster',
      {
        ClusterName: 'c',
        Resources: [
          { Kind: 'Pod', Name: 'p', Results: [{ Target: 'x', Class: 'os-pkgs', Vulnerabilities: [vulnerability] }] },
        ],
      },
    ],
  ])('reads a report %s', async ([, report]) => {
    const { format, findings, troubles } = await reading(JSON.stringify(report))
    expect(format).toBe('trivy')
    expect(findings).toMatchObject([{ id: 'CVE-2023-45853', severity: 'high', spot: 'system zlib1g' }])
    expect(troubles).toEqual([])
  })

  test.for<[name: string, report: object, kind: string, why: string]>([
    [
      'a severity that nobody knows',
      { Results: [{ Target: 'x', Vulnerabilities: [{ ...vulnerability, Severity: 'UNKNOWN' }] }] },
      'severity',
      '"UNKNOWN"',
    ],
    ['no results', { ArtifactName: 'web:1', SchemaVersion: 2 }, 'nothing-scanned', 'nothing'],
    [
      'a summary that differs',
      {
        SchemaVersion: 2,
        Results: [
          { Target: 'd', MisconfSummary: { Failures: 2 }, Misconfigurations: [{ ID: 'DS002', Severity: 'LOW' }] },
        ],
      },
      'contradiction',
      'counts 2 failures, and it lists 1',
    ],
  ])('%s makes the report unreliable', async ([, report, kind, why]) => {
    const { troubles } = await reading(JSON.stringify(report))
    expect(troubles).toMatchObject([{ kind, why: expect.stringContaining(why) }])
  })

  test('what was ignored on purpose is told as hidden', async () => {
    const hidden = {
      Type: 'vulnerability',
      Status: 'not_affected',
      Statement: 'not called',
      Finding: { VulnerabilityID: 'CVE-2000-0001' },
    }
    const { suppressed } = await reading(
      JSON.stringify({ SchemaVersion: 2, Results: [{ Target: 'x', ExperimentalModifiedFindings: [hidden] }] }),
    )
    expect(suppressed).toMatchObject([{ id: 'CVE-2000-0001', why: 'not called' }])
  })
})
