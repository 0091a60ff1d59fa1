import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

describe.each([
  ['zap-json', 'zap.json', '"riskcode": "3"', '"riskcode": "1"', /"site": \[[\s\S]*\]/, '"site": []'],
  ['zap-xml', 'zap.xml', '<riskcode>3<', '<riskcode>1<', /<site [\s\S]*<\/site>/, ''],
] as const)('%s', (id, file, risk, lower, sites, none) => {
  test('tells alerts with their risk, site and first address', async () => {
    const { format, findings, troubles, head } = await reading(await sample(file))
    expect(format).toBe(id)
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      {
        id: '40018',
        title: 'SQL Injection',
        severity: 'high',
        said: '3',
        host: 'shop.test',
        port: 443,
        spot: '/search',
      },
      { id: '10021', severity: 'low' },
    ])
    expect(head).toMatchObject({ version: '2.15.0', targets: 1, lookedAt: expect.any(Number) })
  })

  test.for<[what: string, from: string | RegExp, to: string, kind: string]>([
    ['whose risk its words contradict', risk, lower, 'contradiction'],
    ['of a risk that there is not', risk, risk.replace('3', '9'), 'severity'],
    ['without sites', sites, none, 'nothing-scanned'],
  ])('a report %s is unreliable', async ([, from, to, kind]) => {
    const { troubles } = await reading((await sample(file)).replace(from, to))
    expect(troubles).toMatchObject([{ kind }])
  })
})

test('what was called a false positive in ZAP is told as hidden', async () => {
  expect((await reading(await sample('zap.json'))).suppressed).toMatchObject([{ id: '10096' }])
})
