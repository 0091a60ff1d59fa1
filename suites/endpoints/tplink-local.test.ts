import { describe, expect, test } from 'vitest'
import { Client } from 'tplink-smarthome-api'
import { createEndpoint } from '../../harness/endpoints/index.ts'
import type { Endpoint } from '../../harness/endpoints/index.ts'

/** The local protocol, judged by the client that home automation uses for it. */

interface Network extends AsyncDisposable {
  readonly endpoint: Endpoint
  readonly at: (alias: string) => { readonly host: string; readonly port: number }
}

async function network(...devices: object[]): Promise<Network> {
  const seed = {
    accounts: [
      {
        email: 'skipper@example.com',
        password: 'fair winds',
        devices: devices.map((each) => ({ local: {}, ...each })),
      },
    ],
  }
  const endpoint = await createEndpoint('tplink', { clock: 'manual:2026-01-20T08:00:00Z', seed })
  const listening = await endpoint.listen?.()
  const served = listening?.facts['devices'] as readonly { readonly alias: string; readonly url: string }[]
  return {
    endpoint,
    at(alias) {
      const url = new URL(served.find((each) => each.alias === alias)?.url ?? 'tcp://127.0.0.1:1')
      return { host: url.hostname, port: Number(url.port) }
    },
    [Symbol.asyncDispose]: async () => listening?.[Symbol.asyncDispose](),
  }
}

const client = new Client({ defaultSendOptions: { timeout: 5_000 } })

describe.for(['tcp', 'udp'] as const)('over %s', (transport) => {
  test('a plug with a meter is switched, named, timed and read', async () => {
    await using net = await network({ alias: 'Bilge pump', model: 'HS110', relayState: 0 })
    const plug = await client.getDevice(net.at('Bilge pump'), { transport })
    if (plug.deviceType !== 'plug') throw new TypeError(`a plug was taken for a ${plug.deviceType}`)
    expect(await plug.getPowerState()).toBe(false)
    await plug.setPowerState(true)
    expect(await plug.getPowerState()).toBe(true)
    expect(await plug.emeter.getRealtime()).toMatchObject({ power: 7.5, power_mw: 7500, voltage: 230.5 })
    await plug.setAlias('Bilge pump, port side')
    await plug.timer.addRule({ enable: true, delay: 60, powerState: false, deleteExisting: true })
    net.endpoint.clock.advance(61_000)
    expect(await plug.getSysInfo()).toMatchObject({ alias: 'Bilge pump, port side', relay_state: 0 })
    await plug.schedule.addRule({ enable: true, powerState: true, start: 9 * 60, daysOfWeek: [2] })
    expect(await plug.schedule.getNextAction()).toMatchObject({ type: 1, schd_time: 32_400, action: 1 })
    net.endpoint.clock.advance(3_600_000)
    expect(await plug.getPowerState()).toBe(true)
    await plug.setLedState(false)
    expect(await plug.getLedState()).toBe(false)
  })

  test('an outlet of a strip is switched without the others', async () => {
    await using net = await network({ alias: 'Galley', model: 'HS300' })
    const strip = await client.getDevice(net.at('Galley'))
    if (strip.deviceType !== 'plug') throw new TypeError(`a strip was taken for a ${strip.deviceType}`)
    const children = [...strip.children.keys()]
    expect(children).toHaveLength(6)
    const third = await client.getDevice({ ...net.at('Galley'), childId: children[2] }, { transport })
    if (third.deviceType !== 'plug') throw new TypeError(`an outlet was taken for a ${third.deviceType}`)
    await third.setPowerState(true)
    await strip.getSysInfo()
    expect([...strip.children.values()].map(({ state }) => state)).toEqual([0, 0, 1, 0, 0, 0])
  })

  test('a bulb is lit in a colour', async () => {
    await using net = await network({ alias: 'Masthead', model: 'LB130' })
    const bulb = await client.getDevice(net.at('Masthead'), { transport })
    if (bulb.deviceType !== 'bulb') throw new TypeError(`a bulb was taken for a ${bulb.deviceType}`)
    await bulb.lighting.setLightState({ on_off: 1, hue: 120, brightness: 30 })
    expect(await bulb.lighting.getLightState()).toMatchObject({ on_off: 1, hue: 120, brightness: 30 })
    expect(await bulb.getPowerState()).toBe(true)
  })

  test('what a plug does not know is told as devices tell it', async () => {
    await using net = await network({ alias: 'Harbour light', model: 'HS100' })
    const plug = await client.getDevice(net.at('Harbour light'), { transport })
    await expect(plug.sendCommand({ emeter: { get_realtime: {} } })).rejects.toThrow('module not support')
    await expect(plug.sendCommand({ system: { fly: {} } })).rejects.toThrow('member not support')
  })
})

test('devices are discovered', async () => {
  await using net = await network({ alias: 'Harbour light', model: 'HS100' }, { alias: 'Masthead', model: 'LB130' })
  const finder = new Client()
  const found = new Promise<string[]>((resolve) => {
    const names: string[] = []
    finder.on('device-new', (device: { alias: string }) => {
      names.push(device.alias)
      if (names.length === 2) resolve(names.toSorted())
    })
  })
  finder.startDiscovery({
    broadcast: '127.0.0.1',
    devicesUseDiscoveryPort: true,
    devices: ['Harbour light', 'Masthead'].map((alias) => net.at(alias)),
  })
  try {
    expect(await found).toEqual(['Harbour light', 'Masthead'])
  } finally {
    finder.stopDiscovery()
  }
})
