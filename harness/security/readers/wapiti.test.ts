import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('wapiti.json')

describe('wapiti', () => {
  test('tells vulnerabilities, anomalies and what it saw besides', async () => {
    const { format, findings, troubles, head } = await reading(whole)
    expect(format).toBe('wapiti')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      { id: 'SQL Injection', severity: 'critical', host: 'shop.test', port: 443, spot: 'GET /search q' },
      { id: 'Internal Server Error', severity: 'medium' },
      { id: 'Fingerprint web server', severity: 'info' },
    ])
    expect(head).toMatchObject({ version: '3.2.4', targets: 1, lookedAt: Date.UTC(2026, 10, 16, 3) })
  })

  test.for<[what: string, from: string, to: string, kind: string]>([
    ['in which no page was seen', '"crawled_pages_nbr": 12', '"crawled_pages_nbr": 0', 'nothing-scanned'],
    ['with a level that there is not', '"level": 4', '"level": 7', 'severity'],
    ['without a level', '"level": 4,', '', 'severity'],
  ])('a report %s is unreliable', async ([, from, to, kind]) => {
    expect((await reading(whole.replace(from, to))).troubles).toMatchObject([{ kind }])
  })
})
