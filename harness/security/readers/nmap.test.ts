import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('nmap.xml')

describe('nmap XML', () => {
  test('tells open ports, and what scripts found vulnerable', async () => {
    const { format, findings, troubles, head } = await reading(whole)
    expect(format).toBe('nmap')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      { id: 'open-port', severity: 'info', host: 'shop.test', aliases: ['10.1.2.3', 'shop.test'], port: 443 },
      { id: 'ssl-heartbleed', severity: 'high', said: 'High', cves: ['CVE-2014-0160'], port: 443 },
      { id: 'vulners-CVE-2021-41773', severity: 'high', cvss: 7.5, cves: ['CVE-2021-41773'] },
    ])
    expect(head).toMatchObject({ version: '7.95', targets: 1, lookedAt: 1_794_798_000_000 })
  })

  test.for<[state: string, findings: number]>([
    ['VULNERABLE (Exploitable)', 3],
    ['LIKELY VULNERABLE', 3],
    ['NOT VULNERABLE', 2],
  ])('a script that says %s', async ([state, count]) => {
    const { findings } = await reading(whole.replaceAll('>VULNERABLE<', `>${state}<`))
    expect(findings).toHaveLength(count)
  })

  test('an old script that tells its verdict in words alone is heard', async () => {
    const { findings } = await reading(whole.replace(/<table key="NMAP-1">[\s\S]*?(?=<\/script>)/, ''))
    expect(findings[1]).toMatchObject({ id: 'ssl-heartbleed', severity: 'high' })
  })

  test.for<[name: string, from: string | RegExp, to: string, kind: string, why: string]>([
    ['that is vulnerable without a risk', '    Risk factor: High&#xa;', '', 'severity', '"VULNERABLE"'],
    ['that could not test', '>VULNERABLE<', '>UNKNOWN (unable to test)<', 'incomplete', 'could not test'],
    [
      'that failed',
      'output="&#xa;  cpe',
      'output="ERROR: Script execution failed (use -d to debug)',
      'incomplete',
      'vulners failed',
    ],
    [
      'of a scan that ended with an error',
      'exit="success"',
      'exit="error" errormsg="no route"',
      'incomplete',
      'no route',
    ],
    ['of a scan that did not end', /<runstats>[\s\S]*<\/runstats>/, '', 'incomplete', 'did not finish'],
    ['of a scan in which no host was up', 'up="1"', 'up="0"', 'contradiction', '0 hosts that are up, and tells of 1'],
  ])('a script %s makes the report unreliable', async ([, from, to, kind, why]) => {
    const { troubles } = await reading(whole.replace(from, to))
    expect(troubles).toContainEqual(expect.objectContaining({ kind, why: expect.stringContaining(why) }))
  })

  test('no host up is nothing scanned', async () => {
    const { troubles } = await reading(whole.replace(/<host [\s\S]*<\/host>/, '').replace('up="1"', 'up="0"'))
    expect(troubles).toMatchObject([{ kind: 'nothing-scanned' }])
  })
})
