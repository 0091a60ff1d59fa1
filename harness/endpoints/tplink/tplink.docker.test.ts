import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunScope, StartedContainer } from '../../substrate/index.ts'
import { openRun, startContainer, startNetwork } from '../../substrate/index.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import type { EndpointContainer } from '../faces/container.ts'
import { startEndpointContainer } from '../faces/container.ts'

let run: RunScope
let cloud: EndpointContainer
let client: StartedContainer

beforeAll(async () => {
  run = await openRun()
  const network = (await startNetwork(run)).name
  const local = { host: '0.0.0.0', port: 9999 }
  const devices = [{ alias: 'Harbour light', model: 'HS100', local }]
  const seed = { accounts: [{ email: 'skipper@example.com', password: 'fair winds', devices }] }
  const aliases = ['wap.tplinkcloud.com', 'eu-wap.tplinkcloud.com', 'use1-wap.tplinkcloud.com', 'harbour-light']
  cloud = await startEndpointContainer('tplink', { seed, network, aliases }, run)
  client = await startContainer({ name: 'client', image: await fixtureImage('cloud-client'), network }, run)
}, 180_000)

afterAll(() => run[Symbol.asyncDispose]())

async function post(host: string, token: string, body: unknown): Promise<string> {
  const url = `http://${host}.tplinkcloud.com/?token=${token}`
  const { stdout } = await client.exec(['curl', '-s', url, '--data', JSON.stringify(body)])
  return stdout
}

test('a client that knows nothing but the names of the real cloud finds it, and the devices of its region', async () => {
  const params = {
    appType: 'Kasa_Android',
    cloudUserName: 'skipper@example.com',
    cloudPassword: 'fair winds',
    terminalUUID: '1',
  }
  const login: { result: { token: string } } = JSON.parse(await post('wap', '', { method: 'login', params }))
  const { token } = login.result
  const list: { result: { deviceList: { appServerUrl: string; deviceId: string }[] } } = JSON.parse(
    await post('wap', token, { method: 'getDeviceList' }),
  )
  const [device] = list.result.deviceList
  expect(device?.appServerUrl).toBe('http://eu-wap.tplinkcloud.com')
  const requestData = JSON.stringify({ system: { set_relay_state: { state: 1 } } })
  const on = { method: 'passthrough', params: { deviceId: device?.deviceId, requestData } }
  expect(await post('use1-wap', token, on)).toBe('{"error_code":-20571,"msg":"Device is offline"}')
  expect(await post('eu-wap', token, on)).toContain('"error_code":0')
  expect(await cloud.control('GET', 'devices')).toMatchObject({ devices: [{ relayState: 1 }] })
})

test('a device is on the network beside it, at the port that devices have', async () => {
  // {"system":{"get_sysinfo":{}}} as it goes over the wire.
  const frame = '0000001dd0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf08bf68bf6'
  const bytes = frame.replaceAll(/../g, '\\x$&')
  const script = `exec 3<>/dev/tcp/harbour-light/9999; printf '${bytes}' >&3; head -c 5 <&3 | od -An -tx1`
  const { stdout } = await client.exec(['bash', '-c', script])
  expect(stdout.trim(), 'four bytes of length, and the first brace').toMatch(/^00 00 0[0-9a-f] [0-9a-f]{2} d0$/)
})
