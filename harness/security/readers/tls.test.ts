import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

describe('testssl.sh', () => {
  test.for([
    ['testssl.json', 1],
    ['testssl-pretty.json', 0],
  ] as const)('%s tells what is not well', async ([file, infos]) => {
    const { format, findings, troubles, head } = await reading(await sample(file))
    expect(format).toBe('testssl')
    expect(troubles).toEqual([])
    expect(findings.slice(infos)).toMatchObject([
      { id: 'SSLv3', severity: 'high', host: 'shop.test', aliases: ['10.1.2.3'], port: 443 },
      { id: 'heartbleed', severity: 'critical', cves: ['CVE-2014-0160'] },
    ])
    expect(head).toMatchObject({ targets: 1 })
  })

  test.for<[what: string, file: string, from: string, to: string, kind: string]>([
    ['that could not be done', 'testssl.json', '"OK"', '"WARN"', 'incomplete'],
    ['of no known severity', 'testssl.json', '"HIGH"', '"NOT ok"', 'severity'],
    ['that was interrupted', 'testssl.json', '"58"', '"Scan interrupted"', 'incomplete'],
    ['that could not be done, by target', 'testssl-pretty.json', '"OK"', '"WARN"', 'incomplete'],
  ])('a test %s is told', async ([, file, from, to, kind]) => {
    expect((await reading((await sample(file)).replace(from, to))).troubles).toMatchObject([{ kind }])
  })

  test('a target that was not reached is nothing scanned', async () => {
    const fatal = { id: 'scanProblem', severity: 'FATAL', finding: "Can't connect to 10.1.2.3:443" }
    const pretty = {
      Invocation: 'testssl.sh',
      version: '3.2',
      openssl: 'x',
      scanResult: [fatal],
      scanTime: 'Scan interrupted',
    }
    const kinds = (text: string) => reading(text).then(({ troubles }) => troubles.map((each) => each.kind))
    expect(await kinds(JSON.stringify([{ ...fatal, ip: 'a/b', port: '443' }]))).toEqual([
      'incomplete',
      'nothing-scanned',
    ])
    expect(await kinds(JSON.stringify(pretty))).toEqual(['incomplete', 'nothing-scanned'])
    expect(await kinds('[]\n')).toEqual(['unknown-format'])
  })
})

describe('sslscan', () => {
  test('tells what it paints red and yellow', async () => {
    const { format, findings, troubles, head } = await reading(await sample('sslscan.xml'))
    expect(format).toBe('sslscan')
    expect(troubles).toEqual([])
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['sslv3', 'high'],
      ['tlsv1.0', 'medium'],
      ['heartbleed', 'critical'],
      ['cipher RC4-SHA', 'high'],
      ['certificate-self-signed', 'medium'],
    ])
    expect(findings[0]).toMatchObject({ host: '10.1.2.3', aliases: ['shop.test'], port: 443 })
    expect(head).toMatchObject({ version: '2.1.5', targets: 1 })
  })

  test.for<[what: string, from: RegExp, to: string]>([
    [
      'outside',
      /<ssltest[\s\S]*<\/ssltest>/,
      '<error><![CDATA[Could not open a connection to host shop.test]]></error>',
    ],
    ['inside', /<protocol[\s\S]*<\/certificates>/, '<error>no route</error>'],
  ])('a target that was not reached, told %s, is nothing scanned', async ([, from, to]) => {
    const { troubles } = await reading((await sample('sslscan.xml')).replace(from, to))
    expect(troubles.map((each) => each.kind)).toEqual(['incomplete', 'nothing-scanned'])
  })
})
