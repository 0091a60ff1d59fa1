import fc from 'fast-check'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createEndpoint } from '../core/create.ts'
import { served } from './testing/served.ts'

const segment = fc.oneof(
  fc.constantFrom(
    'latest',
    '2009-04-04',
    'meta-data',
    'dynamic',
    'user-data',
    'api',
    'token',
    'metadata',
    'instance',
    '',
  ),
  fc.constantFrom('compute', 'network', 'interface', '0', '..', '%2e%2e', '%', '%00', '__proto__', 'constructor', '='),
  fc.string({ maxLength: 8 }),
)
const target = fc
  .tuple(
    fc.array(segment, { maxLength: 8 }),
    fc.constantFrom('', '?', '?api-version=2021-02-01', '?api-version=2021-02-01&format=text'),
  )
  .map(([segments, query]) => `/${segments.join('/')}${query}`)
const field = fc.tuple(
  fc.constantFrom('Metadata', 'X-Forwarded-For', 'X-aws-ec2-metadata-token', 'X-aws-ec2-metadata-token-ttl-seconds'),
  fc.oneof(fc.constantFrom('true', '60', '-0', '1e3'), fc.string({ maxLength: 12 })),
)

test('whatever is asked for is answered with a status that the services have, and never with a failure of ours', async () => {
  const endpoint = await createEndpoint('imds', { clock: 'manual' })
  const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'BREW')
  await fc.assert(
    fc.asyncProperty(
      method,
      target,
      fc.array(field, { maxLength: 3 }),
      fc.uint8Array({ maxLength: 20 }),
      async (...given) => {
        const [how, where, fields, body] = given
        const delivery = await endpoint.answer({ method: how, target: where, host: 'x', scheme: 'http', fields, body })
        const status = delivery.kind === 'reply' ? delivery.reply.status : delivery.kind
        expect([200, 400, 401, 403, 404, 405]).toContain(status)
      },
    ),
    { numRuns: 2000, seed: 1 },
  )
})

test.for(['GET', 'GET  HTTP/1.1', 'GET /latest HTTP/9.9', 'no request at all'])(
  'a line that is no request, "%s", gets a plain 400 and no page',
  async (line) => {
    await using service = await served()
    const { hostname, port } = new URL(service.url)
    const socket = connect(Number(port), hostname)
    socket.end(`${line}\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Length: 0\r\n/)
    expect((await service.ask('/latest/meta-data/ami-id')).status).toBe(200)
  },
)
