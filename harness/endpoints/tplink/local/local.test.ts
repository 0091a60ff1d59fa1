import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { CreateOptions } from '../../core/create.ts'
import { createEndpoint } from '../../core/create.ts'
import type { Endpoint, Listening } from '../../core/index.ts'
import type { StripInfo } from '../testing/ask.ts'
import { answerTo, deviceIds, passOn, tokenFor } from '../testing/ask.ts'
import { decipher, encipher, framed, FrameReader } from './cipher.ts'

interface Network extends AsyncDisposable {
  readonly endpoint: Endpoint
  /** Of the devices, in the order of the seed. */
  readonly ports: readonly number[]
}

async function network(devices: readonly object[], options: CreateOptions = {}): Promise<Network> {
  const accounts = [{ email: 'skipper@example.com', password: 'fair winds', devices }]
  const endpoint = await createEndpoint('tplink', { ...options, seed: { accounts } })
  const listening: Listening | undefined = await endpoint.listen?.()
  const served = listening?.facts['devices'] as readonly { readonly url: string }[]
  return {
    endpoint,
    ports: served.map(({ url }) => Number(new URL(url).port)),
    [Symbol.asyncDispose]: async () => listening?.[Symbol.asyncDispose](),
  }
}

/** The next answers of a connection, as text; fewer when it ends. */
async function answers(socket: Socket, count: number): Promise<string[]> {
  const reader = new FrameReader()
  const texts: string[] = []
  const ended = Promise.race([once(socket, 'close'), once(socket, 'error')]).catch(() => undefined)
  const whole = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      texts.push(...(reader.push(chunk) ?? []).map((frame) => frame.toString('utf8')))
      if (texts.length >= count) resolve()
    })
  })
  await Promise.race([whole, ended])
  return texts
}

async function tcp(port: number, ...requests: (string | Buffer)[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1')
  for (const request of requests) socket.write(typeof request === 'string' ? framed(Buffer.from(request)) : request)
  const texts = await answers(socket, requests.length)
  socket.destroy()
  return texts
}

async function udp(port: number, request: Buffer | string): Promise<string> {
  const socket = createSocket('udp4')
  try {
    socket.send(typeof request === 'string' ? encipher(Buffer.from(request)) : request, port, '127.0.0.1')
    const [message] = (await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })) as [Buffer]
    return decipher(message).toString('utf8')
  } finally {
    socket.close()
  }
}

const plug = { alias: 'Harbour light', model: 'HS100', local: {} }
const sysinfo = '{"system":{"get_sysinfo":{}}}'
const on = '{"system":{"set_relay_state":{"state":1}}}'

describe('over TCP', () => {
  test('several requests of one connection are answered in their order', async () => {
    await using net = await network([plug])
    const [switched, seen] = await tcp(net.ports[0] ?? 0, on, sysinfo)
    expect(switched).toBe('{"system":{"set_relay_state":{"err_code":0}}}')
    expect(seen).toContain('"relay_state":1')
  })

  test('the device is the one that the cloud has, also after a reset', async () => {
    await using net = await network([plug])
    await tcp(net.ports[0] ?? 0, on)
    const token = await tokenFor(net.endpoint)
    const [id = ''] = await deviceIds(net.endpoint, token)
    expect(await passOn(net.endpoint, token, id, JSON.parse(sysinfo))).toContain('"relay_state":1')
    net.endpoint.reset()
    expect(await tcp(net.ports[0] ?? 0, sysinfo)).toEqual([expect.stringContaining('"relay_state":0')])
  })

  test('a device that the cloud cannot reach answers all the same', async () => {
    await using net = await network([{ ...plug, online: false }])
    expect(await tcp(net.ports[0] ?? 0, '{"cnCloud":{"get_info":{}}}')).toEqual([
      expect.stringContaining('"cld_connection":0'),
    ])
  })

  test('no JSON, no object, a length beyond all memory and a length of nothing end the connection unanswered', async () => {
    await using net = await network([plug])
    const length = (bytes: number): Buffer => {
      const prefix = Buffer.alloc(4)
      prefix.writeUInt32BE(bytes)
      return prefix
    }
    for (const bad of ['{"system":', '[]', 'null', length(0xff_ff_ff_ff), length(0)]) {
      expect(await tcp(net.ports[0] ?? 0, bad)).toEqual([])
    }
    expect(await tcp(net.ports[0] ?? 0, sysinfo), 'and the device goes on').toHaveLength(1)
  })

  test('a device that restarts ends connections until it is back', async () => {
    await using net = await network([plug], { clock: 'manual' })
    await tcp(net.ports[0] ?? 0, '{"system":{"reboot":{"delay":1}}}')
    net.endpoint.clock.advance(2_000)
    expect(await tcp(net.ports[0] ?? 0, sysinfo)).toEqual([])
    net.endpoint.clock.advance(10_000)
    expect(await tcp(net.ports[0] ?? 0, sysinfo)).toHaveLength(1)
  })
})

describe('over UDP', () => {
  test('a device is found, and names the outlets of a strip by two characters', async () => {
    await using net = await network([{ alias: 'Galley', model: 'HS300', local: {} }])
    const found = answerTo<StripInfo>(await udp(net.ports[0] ?? 0, sysinfo), 'system', 'get_sysinfo')
    const ids = ['00', '01', '02', '03', '04', '05']
    expect(found.children.map(({ id }) => id)).toEqual(ids)
    const [whole = ''] = await tcp(net.ports[0] ?? 0, sysinfo)
    const { children, deviceId } = answerTo<StripInfo>(whole, 'system', 'get_sysinfo')
    expect(children.map(({ id }) => id)).toEqual(ids.map((id) => `${deviceId}${id}`))
  })

  test('what is no request is met with silence, and what comes after it is answered', async () => {
    await using net = await network([plug])
    const socket = createSocket('udp4')
    socket.send(Buffer.from('M-SEARCH * HTTP/1.1'), net.ports[0] ?? 0, '127.0.0.1')
    socket.send(encipher(Buffer.from(sysinfo)), net.ports[0] ?? 0, '127.0.0.1')
    const [message] = (await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })) as [Buffer]
    socket.close()
    expect(decipher(message).toString()).toContain('"alias":"Harbour light"')
  })
})

describe('a fault plan', () => {
  test('makes a device reset, answer by half, or stick', async () => {
    const faults = [
      { operation: 'local', fault: 'reset', call: 1 },
      { operation: 'local', fault: 'half-body', call: 2 },
      { operation: 'system.set_relay_state', fault: 'relay-stuck', call: 1 },
    ]
    await using net = await network([plug], { faults })
    const port = net.ports[0] ?? 0
    expect(await tcp(port, sysinfo)).toEqual([])
    expect(await tcp(port, sysinfo)).toEqual([])
    expect(await tcp(port, on, sysinfo)).toEqual([
      '{"system":{"set_relay_state":{"err_code":0}}}',
      expect.stringContaining('"relay_state":0'),
    ])
    expect(net.endpoint.coverage().faults.map(({ fired }) => fired)).toEqual([1, 1, 1])
    expect(net.endpoint.coverage().operations['local']).toMatchObject({ calls: 4 })
  })
})

test('a port that is taken is told at once', async () => {
  await using net = await network([plug])
  await expect(network([{ ...plug, local: { port: net.ports[0] } }])).rejects.toThrow('EADDRINUSE')
})
