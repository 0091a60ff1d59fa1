import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { scratchFolder, seatrial, slow } from '../../../fixtures/seatrial.ts'
import { selfSigned } from '../../../fixtures/servers/certificate.ts'
import { answered } from '../heard.ts'

interface Mock extends AsyncDisposable {
  readonly url: string
  /** Tells it to end, and gives its exit code. */
  readonly end: () => Promise<number | undefined>
}

async function mock(args: readonly string[], cwd?: string): Promise<Mock> {
  const running = seatrial(['mock', ...args], cwd === undefined ? {} : { cwd })
  const end = async (): Promise<number | undefined> => {
    running.kill('SIGTERM')
    return (await running).exitCode
  }
  for await (const line of createInterface({ input: running.stdout })) {
    const { ready, url } = JSON.parse(line) as { ready: boolean; url: string }
    expect(ready).toBe(true)
    return { url, end, [Symbol.asyncDispose]: async () => void (await end()) }
  }
  throw new Error((await running).stderr)
}

const post = (url: string, body = ''): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })

describe('seatrial mock', slow, () => {
  test('says in one line where it answers, and ends with 0 when it is told to', async () => {
    await using ec2 = await mock(['ec2', '--port', '0', '--signatures', 'lenient'])
    expect(ec2.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const answer = await post(ec2.url, 'Action=DescribeRegions&Version=2016-11-15&RegionName.1=eu-west-1')
    expect([answer.status, (await answer.text()).includes('ec2.eu-west-1.amazonaws.com')]).toEqual([200, true])
    expect(await ec2.end()).toBe(0)
  })

  test('takes seed, faults and clock, answers its control channel, and leaves the coverage behind', async () => {
    await using folder = await scratchFolder()
    await writeFile(
      join(folder.path, 'seed.yaml'),
      'regions:\n  mars-north-1: [mars-north-1a]\ndefaultRegion: mars-north-1\n',
    )
    await writeFile(
      join(folder.path, 'faults.json'),
      '[{"operation": "DescribeRegions", "fault": "Unavailable", "call": 2}]',
    )
    const options = [
      '--signatures',
      'lenient',
      '--seed',
      'seed.yaml',
      '--faults',
      'faults.json',
      '--coverage',
      'coverage.json',
    ]
    await using ec2 = await mock(['ec2', ...options, '--clock', 'manual'], folder.path)
    const ask = async (): Promise<string> => (await post(ec2.url, 'Action=DescribeRegions')).text()
    expect(await ask()).toContain('mars-north-1')
    expect(await ask()).toContain('<Code>Unavailable</Code>')
    const health = await fetch(`${ec2.url}/_seatrial/health`)
    expect(await health.json()).toMatchObject({ ready: true, endpoint: 'ec2' })
    const moved = await post(`${ec2.url}/_seatrial/clock`, '{"advanceMs": 3600000}')
    expect(await moved.json()).toEqual({ now: '2026-01-01T01:00:00.000Z' })
    expect(await ec2.end()).toBe(0)
    expect(JSON.parse(await readFile(join(folder.path, 'coverage.json'), 'utf8'))).toMatchObject({
      operations: { DescribeRegions: { calls: 2, errors: { Unavailable: 1 } } },
      faults: [{ fired: 1 }],
    })
  })

  test('forgets everything at a reset, or what belongs to one account, and says so of one that it does not know', async () => {
    await using ec2 = await mock(['ec2', '--signatures', 'lenient'])
    await post(ec2.url, 'Action=CreateVolume&AvailabilityZone=us-east-1a&Size=8')
    const strange = await post(`${ec2.url}/_seatrial/reset?namespace=nobody`)
    expect([strange.status, await (await post(ec2.url, 'Action=DescribeVolumes')).text()]).toEqual([
      404,
      expect.stringContaining('vol-'),
    ])
    const whole = await post(`${ec2.url}/_seatrial/reset`)
    expect([whole.status, await whole.json()]).toEqual([200, { reset: 'everything' }])
    expect(await (await post(ec2.url, 'Action=DescribeVolumes')).text()).toContain('<volumeSet/>')
  })

  test('puts another fault plan in place, and refuses one that names what there is not', async () => {
    await using ec2 = await mock(['ec2', '--signatures', 'lenient'])
    const put = (plan: unknown): Promise<Response> =>
      fetch(`${ec2.url}/_seatrial/faults`, { method: 'PUT', body: JSON.stringify(plan) })
    const wrong = await put([{ fault: 'Unavailabel' }])
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      expect.objectContaining({ mend: 'Did you mean Unavailable?' }),
    ])
    expect((await put([{ fault: 'Unavailable' }])).status).toBe(200)
    expect((await post(ec2.url, 'Action=DescribeVolumes')).status).toBe(503)
  })

  test('speaks https with a certificate', async () => {
    await using folder = await scratchFolder()
    const { cert, key } = await selfSigned()
    await Promise.all([writeFile(join(folder.path, 'c.pem'), cert), writeFile(join(folder.path, 'k.pem'), key)])
    await using ec2 = await mock(['ec2', '--certificate', 'c.pem', '--key', 'k.pem'], folder.path)
    expect(ec2.url).toMatch(/^https:/)
    const { request } = await import('node:https')
    const status = await new Promise((resolve, reject) => {
      request(ec2.url, { ca: cert, servername: 'localhost' }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end()
    })
    // Unsigned, and signatures are verified unless it is told otherwise.
    expect(status).toBe(403)
  })

  test('a port that is taken ends with 2 and the way out', async () => {
    await using ec2 = await mock(['ec2'])
    const { exitCode, stderr } = await answered(['mock', 'ec2', '--port', new URL(ec2.url).port])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('mend:   Take another port, or --port 0 for any that is free.')
  })
})

describe('a command line that is wrong ends with 3', () => {
  test.each([
    [['ec3'], 'Did you mean ec2?'],
    [['ec2', '--port', 'http'], 'a whole number from 0 to 65535'],
    [['ec2', '--port', '65536'], 'a whole number from 0 to 65535'],
    [['ec2', '--signatures', 'loose'], 'strict or lenient'],
    [['ec2', '--clock', 'poll:3'], 'polls:N'],
    [['ec2', '--seed', 'no-such.yaml'], 'a file that can be read'],
    [['ec2', '--key', 'k.pem'], '--certificate and --key together'],
  ])('%j', async (args, told) => {
    const { exitCode, stdout, stderr } = await answered(['mock', ...args])
    expect([exitCode, stdout]).toEqual([3, ''])
    expect(stderr).toContain(told)
  })

  test.each([
    ['regions: [a', 'JSON or YAML'],
    ['quotas: { volumes: many }', 'quotas.volumes'],
    ['region: eu-west-1', 'Did you mean "regions"?'],
  ])('a seed of %j', async (text, told) => {
    await using folder = await scratchFolder()
    await writeFile(join(folder.path, 'seed.yaml'), text)
    const { exitCode, stderr } = await answered(['mock', 'ec2', '--seed', 'seed.yaml'], folder.path)
    expect(exitCode).toBe(3)
    expect(stderr).toContain(told)
  })
})

test('--describe tells operations, faults, and what a seed and a fault plan hold', async () => {
  const { exitCode, stdout } = await answered(['mock', 'ec2', '--describe'])
  const told = JSON.parse(stdout) as { operations: string[]; faults: string[]; seed: { properties: object } }
  expect(exitCode).toBe(0)
  expect(told.operations).toContain('RunInstances')
  expect(told.faults).toEqual(expect.arrayContaining(['half-body', 'snapshot-error', 'RequestLimitExceeded']))
  expect(Object.keys(told.seed.properties)).toContain('images')
})
