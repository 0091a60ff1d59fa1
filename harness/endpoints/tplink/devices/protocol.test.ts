import { describe, expect, test } from 'vitest'
import type { CreateOptions } from '../../core/create.ts'
import { createEndpoint } from '../../core/create.ts'
import type { Endpoint } from '../../core/index.ts'
import type { StripInfo } from '../testing/ask.ts'
import { answerTo, ask, deviceIds, passOn, tokenFor } from '../testing/ask.ts'

interface Bench {
  readonly endpoint: Endpoint
  readonly send: (request: unknown) => Promise<string>
  readonly id: string
}

/** One device of a model, asked through the cloud. */
async function bench(device: object, options: CreateOptions = {}): Promise<Bench> {
  const accounts = [
    { email: 'skipper@example.com', password: 'fair winds', devices: [{ alias: 'On the bench', ...device }] },
  ]
  const endpoint = await createEndpoint('tplink', { clock: 'manual', ...options, seed: { accounts } })
  const token = await tokenFor(endpoint)
  const [id = ''] = await deviceIds(endpoint, token)
  return { endpoint, id, send: async (request) => passOn(endpoint, token, id, request) }
}

const sysinfo = { system: { get_sysinfo: null } }
const relay = (state: unknown): object => ({ system: { set_relay_state: { state } } })

describe('a plug', () => {
  test('of the first generation tells what it is in the order of its firmware', async () => {
    const { send } = await bench({ model: 'HS100(UK)', deviceId: '8006E9ABCDEF', mac: '50:C7:BF:01:02:03' })
    expect(await send(sysinfo)).toBe(
      '{"system":{"get_sysinfo":{"sw_ver":"1.2.5 Build 171129 Rel.174814","hw_ver":"1.0","type":"IOT.SMARTPLUGSWITCH",' +
        '"model":"HS100(UK)","mac":"50:C7:BF:01:02:03","dev_name":"Wi-Fi Smart Plug","alias":"On the bench",' +
        '"relay_state":0,"on_time":0,"active_mode":"none","feature":"TIM","updating":0,"icon_hash":"","rssi":-47,' +
        '"led_off":0,"longitude":0,"latitude":51.4769,"hwId":"CF4EA4D495EB6324F83E004D30C252DF",' +
        '"fwId":"00000000000000000000000000000000","deviceId":"8006E9ABCDEF",' +
        '"oemId":"01216CD7B6E6CF260CF9582A4096D6A1","err_code":0}}}',
    )
  })

  test('of a later one names its kind and place otherwise', async () => {
    const { send } = await bench({ model: 'HS103(US)' })
    const info = answerTo<object>(await send(sysinfo), 'system', 'get_sysinfo')
    expect(Object.keys(info).join(' ')).toBe(
      'sw_ver hw_ver model deviceId oemId hwId rssi longitude_i latitude_i alias status mic_type feature mac updating ' +
        'led_off relay_state on_time active_mode icon_hash dev_name next_action err_code',
    )
  })

  test('is switched, and counts the seconds that it is on', async () => {
    const { endpoint, send } = await bench({ model: 'HS100' })
    expect(await send(relay(1))).toBe('{"system":{"set_relay_state":{"err_code":0}}}')
    endpoint.clock.advance(90_000)
    expect(await send(sysinfo)).toContain('"relay_state":1,"on_time":90,')
    await send(relay(0))
    expect(await send(sysinfo)).toContain('"relay_state":0,"on_time":0,')
  })

  test('takes several modules in one request, answers in their order, and knows what it does not know', async () => {
    const { send } = await bench({ model: 'HS100' })
    const request = {
      emeter: { get_realtime: null },
      system: { set_led_off: { off: 1 }, fly: {}, set_relay_state: { state: 2 }, set_dev_alias: {} },
    }
    expect(await send(request)).toBe(
      '{"emeter":{"err_code":-1,"err_msg":"module not support"},"system":{"set_led_off":{"err_code":0},' +
        '"fly":{"err_code":-2,"err_msg":"member not support"},' +
        '"set_relay_state":{"err_code":-3,"err_msg":"invalid argument"},' +
        '"set_dev_alias":{"err_code":-3,"err_msg":"invalid argument"}}}',
    )
    expect(await send(sysinfo)).toContain('"led_off":1')
  })

  test('answers to names that mean something in JavaScript as to any that it does not know', async () => {
    const { send } = await bench({ model: 'HS100' })
    const request = JSON.parse('{"__proto__":{"a":{}},"constructor":{},"system":{"__proto__":{},"toString":{}}}')
    const unknown = (says: string, code: number): string => `{"err_code":${code},"err_msg":"${says} not support"}`
    expect(await send(request)).toBe(
      `{"__proto__":${unknown('module', -1)},"constructor":${unknown('module', -1)},` +
        `"system":{"__proto__":${unknown('member', -2)},"toString":${unknown('member', -2)}}}`,
    )
  })

  test('has a name of its own, which the cloud lists', async () => {
    const { endpoint, send } = await bench({ model: 'HS100' })
    await send({ system: { set_dev_alias: { alias: 'Ankerlicht ⚓' } } })
    const { result } = await ask(endpoint, { method: 'getDeviceList' }, { token: await tokenFor(endpoint) })
    expect(result).toMatchObject({ deviceList: [{ alias: 'Ankerlicht ⚓' }] })
    expect(await send({ system: { set_dev_alias: { alias: 'x'.repeat(64) } } })).toContain('"err_code":-3')
  })

  test('is away while it restarts', async () => {
    const { endpoint, send } = await bench({ model: 'HS100', relayState: 1 })
    expect(await send({ system: { reboot: { delay: 1 } } })).toContain('"err_code":0')
    endpoint.clock.advance(500)
    expect(await send(sysinfo)).toContain('"relay_state":1')
    endpoint.clock.advance(600)
    expect(await send(sysinfo)).toContain('Device is offline')
    endpoint.clock.advance(10_000)
    expect(await send(sysinfo)).toContain('"relay_state":1,"on_time":0')
  })

  test('is away for as many looks as the clock says', async () => {
    const { send } = await bench({ model: 'HS100' }, { clock: 'polls:2' })
    await send({ system: { reboot: { delay: 1 } } })
    expect(await send(sysinfo)).toContain('Device is offline')
    expect(await send(sysinfo)).toContain('Device is offline')
    expect(await send(sysinfo)).toContain('"relay_state":0')
  })

  test('belongs to nobody after a factory reset', async () => {
    const { endpoint, send } = await bench({ model: 'HS100' })
    await send({ system: { reset: { delay: 1 } } })
    expect(await send(sysinfo)).toContain('Account is not binded to the device')
    expect(await deviceIds(endpoint, await tokenFor(endpoint))).toEqual([])
  })
})

describe('a meter', () => {
  const emeter = { watts: 60.5, volts: 230.1, amperes: 0.263, kilowattHours: 1.5 }
  const realtime = { emeter: { get_realtime: null } }

  test('counts in watts on the first hardware, and in thousandths on the later', async () => {
    const first = await bench({ model: 'HS110', relayState: 1, emeter })
    expect(await first.send(realtime)).toBe(
      '{"emeter":{"get_realtime":{"current":0.263,"voltage":230.1,"power":60.5,"total":1.5,"err_code":0}}}',
    )
    const later = await bench({ model: 'HS110', hwVer: '4.0', relayState: 1, emeter })
    expect(await later.send(realtime)).toBe(
      '{"emeter":{"get_realtime":{"voltage_mv":230100,"current_ma":263,"power_mw":60500,"total_wh":1500,"err_code":0}}}',
    )
  })

  test('sees nothing drawn while the relay is off', async () => {
    const { send } = await bench({ model: 'HS110', emeter })
    expect(await send(realtime)).toContain('"current":0,"voltage":230.1,"power":0,"total":1.5')
  })

  test('keeps the energy of days and months, given or made up, of none that is still to come', async () => {
    const days = [
      { year: 2026, month: 1, day: 3, kilowattHours: 1.25 },
      { year: 2026, month: 1, day: 4, kilowattHours: 0.5 },
    ]
    const given = await bench(
      { model: 'HS110', hwVer: '2.0', emeter: { ...emeter, days } },
      { clock: 'manual:2026-02-10' },
    )
    expect(await given.send({ emeter: { get_daystat: { year: 2026, month: 1 } } })).toContain(
      '"day_list":[{"year":2026,"month":1,"day":3,"energy_wh":1250},{"year":2026,"month":1,"day":4,"energy_wh":500}]',
    )
    expect(await given.send({ emeter: { get_monthstat: { year: 2026 } } })).toContain(
      '"month_list":[{"year":2026,"month":1,"energy_wh":1750}]',
    )
    const made = await bench({ model: 'HS110' }, { clock: 'manual:2026-02-10' })
    const february = await made.send({ emeter: { get_daystat: { year: 2026, month: 2 } } })
    expect(answerTo<{ day_list: object[] }>(february, 'emeter', 'get_daystat').day_list).toHaveLength(10)
    expect(await made.send({ emeter: { get_daystat: { year: 2026 } } })).toContain('"err_code":-3')
  })
})

describe('a strip', () => {
  test('switches the outlets that the context names, or all of them', async () => {
    const { id, send } = await bench({ model: 'HS300' })
    await send({ context: { child_ids: [`${id}02`, '05'] }, ...relay(1) })
    const states = async (): Promise<number[]> => {
      const { children } = answerTo<StripInfo>(await send(sysinfo), 'system', 'get_sysinfo')
      return children.map((child) => child.state)
    }
    expect(await states()).toEqual([0, 0, 1, 0, 0, 1])
    await send(relay(0))
    expect(await states()).toEqual([0, 0, 0, 0, 0, 0])
    expect(await send({ context: { child_ids: ['99'] }, ...relay(1) })).toBe(
      '{"system":{"set_relay_state":{"err_code":-14,"err_msg":"entry not exist"}}}',
    )
    expect(await send({ context: { child_ids: [] }, ...relay(1) }), 'no outlet, no effect').toContain('"err_code":0')
    expect(await states()).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('names itself and its outlets apart', async () => {
    const { send } = await bench({ model: 'KP303' })
    await send({ context: { child_ids: ['01'] }, system: { set_dev_alias: { alias: 'Kettle' } } })
    const strip = answerTo<StripInfo>(await send(sysinfo), 'system', 'get_sysinfo')
    expect(strip.alias).toBe('On the bench')
    expect(strip.children.map(({ alias }) => alias)).toEqual(['Plug 1', 'Kettle', 'Plug 3'])
  })
})

describe('a bulb', () => {
  const service = 'smartlife.iot.smartbulb.lightingservice'

  test('is lit, leaves alone what is null, and tells what it would shine like while it is off', async () => {
    const { send } = await bench({ model: 'LB130' })
    const change = { on_off: 1, brightness: 40, hue: 240, saturation: null }
    expect(await send({ [service]: { transition_light_state: change } })).toBe(
      `{"${service}":{"transition_light_state":{"on_off":1,"mode":"normal","hue":240,"saturation":0,"color_temp":2700,"brightness":40,"err_code":0}}}`,
    )
    await send({ [service]: { transition_light_state: { on_off: 0 } } })
    expect(await send({ [service]: { get_light_state: {} } })).toContain(
      '"on_off":0,"dft_on_state":{"mode":"normal","hue":240',
    )
  })

  test('has errors of its own', async () => {
    const { send } = await bench({ model: 'LB130' })
    expect(await send({ [service]: { fly: {} }, emeter: { get_realtime: {} } })).toBe(
      `{"${service}":{"fly":{"err_code":-2000,"err_msg":"Method not support"}},"emeter":{"err_code":-2001,"err_msg":"Module not support"}}`,
    )
    expect(await send({ [service]: { transition_light_state: { brightness: 101 } } })).toContain('"err_code":-10000')
  })
})
