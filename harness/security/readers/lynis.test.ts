import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('lynis-report.dat')

describe('lynis', () => {
  test('tells warnings, suggestions and vulnerable packages', async () => {
    const { format, findings, troubles, head } = await reading(whole)
    expect(format).toBe('lynis')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      { id: 'vulnerable_package', severity: 'high', spot: 'openssl', target: 'web-1' },
      { id: 'AUTH-9216', severity: 'medium', said: 'warning' },
      { id: 'SSH-7408', severity: 'low', spot: 'AllowTcpForwarding (set YES to NO)' },
      { id: 'SSH-7408', severity: 'low', spot: 'LogLevel (set INFO to VERBOSE)' },
    ])
    expect(head).toMatchObject({ version: '3.1.2', targets: 1, lookedAt: Date.UTC(2026, 10, 16, 3, 1, 10) })
  })

  test.for<[what: string, text: string, kind: string]>([
    ['of a scan that did not finish', whole.replace('finish=true', ''), 'incomplete'],
    ['with a line that is something else', `${whole}Segmentation fault\n`, 'broken'],
  ])('a report %s is unreliable', async ([, text, kind]) => {
    expect((await reading(text)).troubles).toMatchObject([{ kind }])
  })
})
