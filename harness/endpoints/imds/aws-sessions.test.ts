import { describe, expect, test } from 'vitest'
import { served, session } from './testing/served.ts'

const ttl = 'X-aws-ec2-metadata-token-ttl-seconds'
const token = '/latest/api/token'
const id = '/latest/meta-data/instance-id'

describe('a session of IMDSv2', () => {
  test('is opened by a PUT with a lifetime, which the answer tells, and is then good for every path', async () => {
    await using service = await served()
    const { status, headers, body } = await service.ask(token, { method: 'PUT', fields: { [ttl]: '21600' } })
    expect(status).toBe(200)
    expect(headers.get(ttl)).toBe('21600')
    expect(headers.get('content-type')).toBe('text/plain')
    expect(body).toMatch(/^[\w-]{54}==$/)
    expect(await service.text(id, { 'X-aws-ec2-metadata-token': body })).toBe('i-0d1b5e0a7c3f49e21')
  })

  test.for(['', '0', '-1', '21601', '60s', '6e1', ' '])(
    'is refused with 400 for a lifetime of "%s"',
    async (seconds) => {
      await using service = await served()
      const { status, body } = await service.ask(token, { method: 'PUT', fields: { [ttl]: seconds } })
      expect({ status, page: body.includes('<h1>400 - Bad Request</h1>') }).toEqual({ status: 400, page: true })
    },
  )

  test('is refused with 400 without a lifetime', async () => {
    await using service = await served()
    expect((await service.ask(token, { method: 'PUT' })).status).toBe(400)
  })

  test('is not given to who came by way of a proxy: 403 without a body', async () => {
    await using service = await served()
    const fields = { [ttl]: '60', 'X-Forwarded-For': '10.0.0.1' }
    expect(await service.ask(token, { method: 'PUT', fields })).toMatchObject({ status: 403, body: '' })
  })

  test('is had by PUT only, at exactly its path', async () => {
    await using service = await served()
    const wrong = await service.ask(token, { method: 'GET' })
    expect({ status: wrong.status, allow: wrong.headers.get('allow') }).toEqual({ status: 405, allow: 'OPTIONS, PUT' })
    expect((await service.ask(`${token}/`, { method: 'PUT', fields: { [ttl]: '60' } })).status).toBe(403)
    expect((await service.ask(id, { method: 'PUT' })).status).toBe(403)
  })

  test('counts down by the clock, and is 401 when it is over', async () => {
    await using service = await served({ clock: 'manual' })
    const fields = await session(service, 60)
    await service.control('POST', 'clock', { advanceMs: 59_500 })
    expect((await service.ask(id, { fields })).headers.get(ttl)).toBe('1')
    await service.control('POST', 'clock', { advanceMs: 500 })
    expect((await service.ask(id, { fields })).status).toBe(401)
  })

  test('is unknown after a reset, also when it was made up or altered', async () => {
    await using service = await served()
    const fields = await session(service)
    const altered = fields['X-aws-ec2-metadata-token']?.replace(/.(?===$)/, (last) => (last === 'A' ? 'Q' : 'A')) ?? ''
    for (const wrong of ['made-up', '', altered, `${'A'.repeat(54)}==`]) {
      expect((await service.ask(id, { fields: { 'X-aws-ec2-metadata-token': wrong } })).status, wrong).toBe(401)
    }
    expect((await service.ask(id, { fields })).status).toBe(200)
    await service.control('POST', 'reset')
    expect((await service.ask(id, { fields })).status).toBe(401)
  })

  test('is not needed while tokens are optional, and is for every path when they are required', async () => {
    await using optional = await served()
    expect((await optional.ask(id)).status).toBe(200)
    await using required = await served({ seed: { aws: { options: { httpTokens: 'required' } } } })
    for (const path of ['/', '/latest/', id, '/latest/no-such-thing']) {
      const { status, body } = await required.ask(path)
      expect({ status, page: body.includes('<h1>401 - Unauthorized</h1>') }, path).toEqual({ status: 401, page: true })
    }
    expect(await required.text(id, await session(required))).toBe('i-0d1b5e0a7c3f49e21')
  })

  test('never arrives where the caller is farther than the hop limit, and metadata without one does', async () => {
    await using far = await served({ seed: { aws: { hops: 2 } } })
    const asked = fetch(`${far.url}${token}`, {
      method: 'PUT',
      headers: { [ttl]: '60' },
      signal: AbortSignal.timeout(300),
    })
    await expect(asked).rejects.toThrow(/timeout/i)
    expect(await far.text(id)).toBe('i-0d1b5e0a7c3f49e21')
    await using near = await served({ seed: { aws: { hops: 2, options: { httpPutResponseHopLimit: 2 } } } })
    expect((await near.ask(token, { method: 'PUT', fields: { [ttl]: '60' } })).status).toBe(200)
  })
})

test('a service that is turned off answers everything with 403', async () => {
  await using service = await served({ seed: { aws: { options: { httpEndpoint: 'disabled' } } } })
  const fields = { [ttl]: '60' }
  expect(await service.ask(token, { method: 'PUT', fields })).toMatchObject({ status: 403, body: '' })
  expect(await service.ask(id)).toMatchObject({ status: 403, body: '' })
})
