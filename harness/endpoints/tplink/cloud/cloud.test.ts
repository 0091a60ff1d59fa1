import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../../core/create.ts'
import { ask, deliver, deviceIds, passOn, skipper, terminal, tokenFor } from '../testing/ask.ts'
import { cloudErrors } from './errors.ts'

const login = (params: object): object => ({ method: 'login', params: { ...terminal, ...skipper, ...params } })

describe('a fault plan', () => {
  test.for(Object.keys(cloudErrors) as (keyof typeof cloudErrors)[])(
    'can answer %s in place of any method',
    async (name) => {
      const endpoint = await createEndpoint('tplink', { faults: [{ operation: 'login', fault: name, call: 2 }] })
      expect((await ask(endpoint, login({}))).error_code).toBe(0)
      const { code, msg } = cloudErrors[name]
      expect(await ask(endpoint, login({}))).toEqual({ error_code: code, msg })
      expect(endpoint.coverage().faults[0]?.fired).toBe(1)
    },
  )

  test('can name a command that a request carries to a device', async () => {
    const endpoint = await createEndpoint('tplink', {
      faults: [{ operation: 'system.set_relay_state', resource: 'Harbour light', fault: 'request-timeout' }],
    })
    const token = await tokenFor(endpoint)
    const [light = '', pump = ''] = await deviceIds(endpoint, token)
    const on = { system: { set_relay_state: { state: 1 } } }
    expect(await passOn(endpoint, token, light, { system: { get_sysinfo: null } })).toContain('"relay_state":0')
    expect(await passOn(endpoint, token, pump, on)).toBe('{"system":{"set_relay_state":{"err_code":0}}}')
    expect(await passOn(endpoint, token, light, on)).toBe('{"error_code":-20002,"msg":"Request timeout"}')
  })

  test('can make a relay stick: success is told, and nothing switches', async () => {
    const endpoint = await createEndpoint('tplink', { faults: [{ fault: 'relay-stuck' }] })
    const token = await tokenFor(endpoint)
    const [light = ''] = await deviceIds(endpoint, token)
    await passOn(endpoint, token, light, { system: { set_relay_state: { state: 1 } } })
    expect(await passOn(endpoint, token, light, { system: { get_sysinfo: null } })).toContain('"relay_state":0')
    expect(endpoint.coverage().faults[0]?.fired, 'it fires for what it can change').toBe(1)
  })

  test('can show a device as it was before it was switched', async () => {
    const endpoint = await createEndpoint('tplink', { faults: [{ fault: 'stale-sysinfo', from: 2, times: 1 }] })
    const token = await tokenFor(endpoint)
    const [light = ''] = await deviceIds(endpoint, token)
    const state = async (): Promise<string> => passOn(endpoint, token, light, { system: { get_sysinfo: null } })
    expect(await state()).toContain('"relay_state":0')
    await passOn(endpoint, token, light, { system: { set_relay_state: { state: 1 } } })
    expect(await state()).toContain('"relay_state":0')
    expect(await state()).toContain('"relay_state":1')
  })

  test('can make a device refuse one command of a request and carry out the others', async () => {
    const endpoint = await createEndpoint('tplink', {
      faults: [{ operation: 'system.set_led_off', fault: 'command-refused' }],
    })
    const token = await tokenFor(endpoint)
    const [light = ''] = await deviceIds(endpoint, token)
    const request = { system: { set_led_off: { off: 1 }, set_relay_state: { state: 1 } } }
    expect(await passOn(endpoint, token, light, request)).toBe(
      '{"system":{"set_led_off":{"err_code":-3,"err_msg":"invalid argument"},"set_relay_state":{"err_code":0}}}',
    )
  })

  test('that names what there is not is refused, with what was meant', async () => {
    const fault = createEndpoint('tplink', { faults: [{ operation: 'login', fault: 'device-offlin' }] })
    await expect(fault).rejects.toMatchObject({ mend: 'Did you mean device-offline?' })
    const operation = createEndpoint('tplink', { faults: [{ operation: 'passthrou', fault: 'reset' }] })
    await expect(operation).rejects.toMatchObject({ mend: 'Did you mean passthrough?' })
  })

  test('can take the answer away on the wire, with the relay switched or not', async () => {
    const faults = [
      { operation: 'passthrough', fault: 'reset', call: 1 },
      { operation: 'passthrough', fault: 'reset', call: 3, executed: false },
    ]
    const endpoint = await createEndpoint('tplink', { faults })
    const token = await tokenFor(endpoint)
    const [light = ''] = await deviceIds(endpoint, token)
    const send = async (state: number): Promise<string> => {
      const requestData = JSON.stringify({ system: { set_relay_state: { state } } })
      const body = JSON.stringify({ method: 'passthrough', params: { deviceId: light, requestData } })
      return (await deliver(endpoint, body, { token })).kind
    }
    const state = async (): Promise<string> => passOn(endpoint, token, light, { system: { get_sysinfo: null } })
    expect(await send(1)).toBe('reset')
    expect(await state()).toContain('"relay_state":1')
    expect(await send(0)).toBe('reset')
    expect(await state()).toContain('"relay_state":1')
  })
})

test('resetting one account leaves the devices of the others as they are', async () => {
  const account = (name: string): object => ({
    email: `${name}@example.com`,
    password: 'ahoy',
    devices: [{ alias: `Light of ${name}`, model: 'HS100' }],
  })
  const endpoint = await createEndpoint('tplink', { seed: { accounts: [account('mate'), account('cook')] } })
  const tokens = await Promise.all(
    ['mate', 'cook'].map(async (name) =>
      tokenFor(endpoint, { cloudUserName: `${name}@example.com`, cloudPassword: 'ahoy' }),
    ),
  )
  const [mates = '', cooks = ''] = tokens
  const ids = await Promise.all(tokens.map(async (token) => deviceIds(endpoint, token)))
  const [light = '', lamp = ''] = ids.flat()
  const on = { system: { set_relay_state: { state: 1 } } }
  await passOn(endpoint, mates, light, on)
  await passOn(endpoint, cooks, lamp, on)
  expect(endpoint.reset('mate@example.com')).toBe(true)
  expect(endpoint.reset('nobody@example.com')).toBe(false)
  const sysinfo = { system: { get_sysinfo: null } }
  expect(await passOn(endpoint, cooks, lamp, sysinfo)).toContain('"relay_state":1')
  expect(await passOn(endpoint, mates, light, sysinfo), 'her token is gone too').toContain('Token expired')
  const again = await tokenFor(endpoint, { cloudUserName: 'mate@example.com', cloudPassword: 'ahoy' })
  expect(await passOn(endpoint, again, light, sysinfo)).toContain('"relay_state":0')
})
