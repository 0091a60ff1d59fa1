import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { scratchFolder, seatrial, slow } from '../../../fixtures/seatrial.ts'
import { framed, FrameReader } from './local/cipher.ts'

interface Ready {
  readonly url: string
  readonly devices: readonly { readonly deviceId: string; readonly alias: string; readonly url: string }[]
}

const seed = (port: number): string => `
accounts:
  - email: skipper@example.com
    password: fair winds
    devices:
      - { alias: Harbour light, model: HS100, local: { port: ${port} } }
      - { alias: Bilge pump, model: HS110 }
`

test('seatrial mock tplink says where its devices listen, and serves them until it is told to end', slow, async () => {
  await using folder = await scratchFolder()
  await writeFile(join(folder.path, 'seed.yaml'), seed(0))
  const running = seatrial(['mock', 'tplink', '--seed', 'seed.yaml'], { cwd: folder.path })
  let said: string | undefined
  for await (const line of createInterface({ input: running.stdout })) {
    said = line
    break
  }
  const ready: Ready = JSON.parse(said ?? (await running).stderr)
  expect(ready.devices.map(({ alias }) => alias)).toEqual(['Harbour light'])
  const { hostname, port } = new URL(ready.devices[0]?.url ?? '')
  const socket = connect(Number(port), hostname)
  socket.write(framed(Buffer.from('{"system":{"set_relay_state":{"state":1}}}')))
  const reader = new FrameReader()
  for await (const chunk of socket) {
    const [answer] = reader.push(chunk as Buffer) ?? []
    if (answer === undefined) continue
    expect(answer.toString()).toBe('{"system":{"set_relay_state":{"err_code":0}}}')
    break
  }
  const state = await (await fetch(`${ready.url}/_seatrial/devices`)).text()
  expect(state).toContain('"alias":"Harbour light","model":"HS100(EU)","account":"skipper@example.com"')
  expect(state).toContain('"relayState":1')

  const { port: taken } = new URL(ready.devices[0]?.url ?? '')
  await writeFile(join(folder.path, 'taken.yaml'), seed(Number(taken)))
  const second = await seatrial(['mock', 'tplink', '--seed', 'taken.yaml'], { cwd: folder.path })
  expect([second.exitCode, second.stderr]).toEqual([2, expect.stringContaining('EADDRINUSE')])

  running.kill('SIGTERM')
  expect((await running).exitCode).toBe(0)
})
