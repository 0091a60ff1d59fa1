import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seatrial } from '../../../fixtures/seatrial.ts'
import { selfSigned } from '../../../fixtures/servers/certificate.ts'
import { heard } from '../../cli/heard.ts'
import type { StepReport } from '../../kernel/index.ts'
import { systemClock } from '../../kernel/index.ts'
import { runRecord } from '../../record/index.ts'
import type { RunScope } from '../../substrate/index.ts'
import { openRun } from '../../substrate/index.ts'
import type { PreflightTarget } from './preflight.ts'
import { preflight } from './preflight.ts'
import type { TlsServer } from './testing/tls-servers.ts'
import { startTlsServers } from './testing/tls-servers.ts'

/** How a live server is asked, against servers that really encrypt. The certificates are for db.test and 127.0.0.1. */

let run: RunScope
let folder: string
let ca: string
let otherCa: string
let servers: readonly TlsServer[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-preflight-tls-'))
  ;[ca, otherCa] = [join(folder, 'ca.pem'), join(folder, 'other.pem')]
  const [own, other] = await Promise.all([selfSigned('db.test'), selfSigned('db.test')])
  await Promise.all([writeFile(ca, own.cert), writeFile(otherCa, other.cert)])
  run = await openRun()
  servers = await startTlsServers(run, own)
}, 180_000)

afterAll(async () => {
  await run[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function look(
  engine: string,
  which: 'secured' | 'plain',
  { user = 'secure', host, ...more }: Partial<PreflightTarget> & { user?: string; host?: string },
): Promise<StepReport> {
  const found = servers.find((one) => one.engine === engine)
  if (found === undefined) throw new Error(`there is no ${engine}`)
  const { host: own, port } = found[which]
  const login = { user, passwordFrom: 'PASSWORD' }
  return preflight(
    { name: 'live', nodes: [{ host: host ?? own, port }], login, maxLagSeconds: 10, ...more },
    { env: { PASSWORD: user }, allow: () => undefined, clock: systemClock, only: [], path: 'test' },
  )
}

describe.each(['mariadb', 'postgres'])('the pre-flight of %s', (engine) => {
  test('encrypts where the server offers it, unless it is told not to', async () => {
    const [found] = (await look(engine, 'secured', {})).findings
    expect(found).toBeDefined()
    const plain = await look(engine, 'secured', { tls: 'off' })
    expect(plain.findings).toEqual([])
    expect(plain.unsettled?.why).toMatch(/did not answer: .*(?:Access denied|rejects connection|reject)/)
  })

  test('asks a server that offers no TLS without, unless TLS is required', async () => {
    expect((await look(engine, 'plain', { user: 'drill' })).looked).not.toEqual([])
    const required = await look(engine, 'plain', { user: 'drill', tls: 'require' })
    expect(required.looked).toEqual([])
    expect(required.unsettled).toMatchObject({
      because: 'prerequisite',
      why: expect.stringContaining('it offers no TLS, which --tls require wants'),
    })
  })

  test('trusts the certificate of an authority that it was given, for an address that stands in it', async () => {
    const step = await look(engine, 'secured', { tls: 'require', ca })
    expect(step.looked).not.toEqual([])
    expect(step.findings[0]?.replay).toContain('--tls require --ca ')
  })

  test('does not log in where nobody whom it trusts signed the certificate, and says what to do', async () => {
    const step = await look(engine, 'secured', { tls: 'require' })
    expect(step.looked).toEqual([])
    expect(step.unsettled?.why).toMatch(/its certificate is not accepted: self-signed certificate; .* with --ca$/)
    for (const tls of ['require', 'prefer'] as const) {
      const other = await look(engine, 'secured', { tls, ca: otherCa })
      expect(other.unsettled?.why).toContain('its certificate is not accepted: self-signed certificate')
    }
  })

  test('does not log in where the certificate is for other names', async () => {
    const step = await look(engine, 'secured', { tls: 'require', ca, host: 'localhost' })
    expect(step.looked).toEqual([])
    expect(step.unsettled?.why).toMatch(/localhost:\d+ did not answer: its certificate is not accepted: .*altnames/)
    expect(step.unsettled?.why).toContain('name the node as its certificate does')
  })

  test('of the command line takes the file from where it was started', async () => {
    const found = servers.find((one) => one.engine === engine)
    const address = `${found?.secured.host}:${found?.secured.port}`
    const given = ['drill', 'preflight', address, '--user', 'secure', '--tls', 'require', '--ca', 'ca.pem']
    const { code, out } = await heard(given, folder, { SEATRIAL_DB_PASSWORD: 'secure' })
    // A server alone has nobody to promote.
    expect(code).toBe(1)
    expect(out).toContain('replication/candidate-none')
    expect(out).not.toContain('certificate')
  })
})

test('a configuration names the file from where it stands', async () => {
  const found = servers.find((one) => one.engine === 'postgres')
  const login = { user: 'secure', passwordFrom: 'PREFLIGHT_TEST_PASSWORD' }
  const target = { name: 'live', nodes: [found?.secured], engine: 'postgres', login, tls: 'require', ca: './ca.pem' }
  const config = JSON.stringify({ stack: {}, secrets: [], replication: { preflight: [target] } })
  await writeFile(join(folder, 'seatrial.config.json'), config)
  const { exitCode, stdout } = await seatrial(['run', '--format', 'json'], {
    cwd: folder,
    env: { PREFLIGHT_TEST_PASSWORD: 'secure' },
  })
  // A server alone has nobody to promote.
  expect(exitCode).toBe(1)
  const record = runRecord.parse(JSON.parse(stdout))
  const step = record.steps.find(({ id }) => id === 'replication/preflight')
  expect(step?.findings.map(({ rule }) => rule)).toContain('replication/candidate-none')
  expect(step?.outcome.kind).toBe('failed')
})

test('a file without a certificate is a wrong question, as is one that is not there', async () => {
  const empty = join(folder, 'empty.pem')
  await writeFile(empty, 'no certificate\n')
  await expect(look('mariadb', 'plain', { ca: empty })).rejects.toThrow('which has no certificate in it')
  await expect(look('mariadb', 'plain', { ca: join(folder, 'absent.pem') })).rejects.toThrow('ENOENT')
})
