import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../../core/create.ts'
import { answerTo, deviceIds, passOn, tokenFor } from '../testing/ask.ts'

/** A plug at noon of Thursday, the first of January 2026, where it is. */
async function atNoon(device: object = {}) {
  const accounts = [
    { email: 'skipper@example.com', password: 'fair winds', devices: [{ alias: 'Light', model: 'HS103', ...device }] },
  ]
  const endpoint = await createEndpoint('tplink', {
    clock: 'manual:2026-01-01T12:00:00Z',
    seed: { accounts, tokenSeconds: 100 * 86_400 },
  })
  const token = await tokenFor(endpoint)
  const [id = ''] = await deviceIds(endpoint, token)
  const send = async (request: unknown): Promise<string> => passOn(endpoint, token, id, request)
  const isOn = async (): Promise<boolean> => (await send({ system: { get_sysinfo: null } })).includes('"relay_state":1')
  return { endpoint, send, isOn }
}

describe('a countdown', () => {
  const add = { count_down: { add_rule: { enable: 1, delay: 1800, act: 1, name: 'kettle' } } }

  test('switches when its time has come, and is then there disabled', async () => {
    const { endpoint, send, isOn } = await atNoon()
    const added = answerTo<{ id: string }>(await send(add), 'count_down', 'add_rule')
    expect(added).toEqual({ id: expect.stringMatching(/^[0-9A-F]{32}$/), err_code: 0 })
    endpoint.clock.advance(600_000)
    expect(await send({ count_down: { get_rules: null } })).toBe(
      `{"count_down":{"get_rules":{"rule_list":[{"enable":1,"id":"${added.id}","name":"kettle","delay":1800,"act":1,"remain":1200}],"err_code":0}}}`,
    )
    expect(await isOn()).toBe(false)
    endpoint.clock.advance(1_200_000)
    expect(await isOn()).toBe(true)
    expect(await send({ count_down: { get_rules: null } })).toContain(`{"enable":0,"id":"${added.id}"`)
  })

  test('is one a device, can be changed, and can be taken away', async () => {
    const { endpoint, send, isOn } = await atNoon({ relayState: 1 })
    const { id } = answerTo<{ id: string }>(await send(add), 'count_down', 'add_rule')
    expect(await send(add)).toContain('"err_code":-10,"err_msg":"table is full"')
    const edited = { count_down: { edit_rule: { id, enable: 1, delay: 60, act: 0, name: '' } } }
    expect(await send(edited)).toBe('{"count_down":{"edit_rule":{"err_code":0}}}')
    endpoint.clock.advance(61_000)
    expect(await isOn()).toBe(false)
    expect(await send({ count_down: { delete_rule: { id: 'none' } } })).toContain('"err_code":-14')
    expect(await send({ count_down: { delete_all_rules: null } })).toContain('"err_code":0')
    expect(await send({ count_down: { get_rules: null } })).toContain('"rule_list":[]')
    expect(await send({ count_down: { add_rule: { enable: 1, act: 1 } } })).toContain('"err_code":-3')
  })
})

describe('a schedule', () => {
  const rule = { name: 'dusk', enable: 1, stime_opt: 0, smin: 780, sact: 1, repeat: 1, wday: [0, 0, 0, 0, 1, 0, 0] }

  test('switches at its minute of its days of the week, again and again', async () => {
    const { endpoint, send, isOn } = await atNoon()
    await send({ schedule: { add_rule: rule } })
    expect(await send({ schedule: { get_next_action: null } })).toMatch(
      /"type":1,"id":"[0-9A-F]{32}","schd_time":46800,"action":1/,
    )
    endpoint.clock.advance(3_600_000)
    expect(await isOn()).toBe(true)
    await send({ system: { set_relay_state: { state: 0 } } })
    endpoint.clock.advance(6 * 86_400_000)
    expect(await isOn(), 'not before its day').toBe(false)
    endpoint.clock.advance(86_400_000)
    expect(await isOn()).toBe(true)
  })

  test('goes by the time of day where the device is', async () => {
    const { endpoint, send, isOn } = await atNoon({ timezone: { index: 38, offsetMinutes: 60 } })
    expect(await send({ time: { get_time: {} } })).toBe(
      '{"time":{"get_time":{"year":2026,"month":1,"mday":1,"hour":13,"min":0,"sec":0,"err_code":0}}}',
    )
    await send({ schedule: { add_rule: { ...rule, smin: 790 } } })
    endpoint.clock.advance(10 * 60_000)
    expect(await isOn()).toBe(true)
  })

  test('is kept as it was sent, true and false as 1 and 0, and can be changed, disabled and emptied', async () => {
    const { endpoint, send, isOn } = await atNoon()
    const booleans = { ...rule, enable: true, repeat: true, wday: [false, false, false, false, true, false, false] }
    const { id } = answerTo<{ id: string }>(await send({ schedule: { add_rule: booleans } }), 'schedule', 'add_rule')
    expect(answerTo(await send({ schedule: { get_rules: {} } }), 'schedule', 'get_rules')).toEqual({
      rule_list: [{ ...rule, id }],
      enable: 1,
      err_code: 0,
    })
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const tooDeep = `{"schedule":{"add_rule":{"wday":${deep}},"edit_rule":{"id":"${id}","wday":${deep}}}}`
    expect(await send(tooDeep)).toMatch(/"add_rule":\{"err_code":-3.*"edit_rule":\{"err_code":-3/)
    await send({ schedule: { set_overall_enable: { enable: 0 } } })
    endpoint.clock.advance(3_600_000)
    expect(await isOn()).toBe(false)
    expect(await send({ schedule: { edit_rule: { id, smin: 1 } } })).toContain('"err_code":0')
    expect(await send({ schedule: { edit_rule: { id: 'none', smin: 1 } } })).toContain('"err_code":-14')
    expect(await send({ schedule: { delete_rule: { id } } })).toContain('"err_code":0')
    expect(await send({ schedule: { get_rules: null } })).toContain('"rule_list":[]')
    expect(await send({ schedule: { get_daystat: { year: 2026, month: 1 } } })).toMatch(/"day":1,"time":\d+}/)
  })
})
