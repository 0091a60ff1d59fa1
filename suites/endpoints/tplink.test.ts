import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import type { TplinkCloud } from '../../fixtures/programs/tplink-cloud.ts'
import { startTplinkCloud } from '../../fixtures/programs/tplink-cloud.ts'
import { jobs } from '../../fixtures/programs/tplink-jobs.ts'

/** What people have written against this cloud since 2017, run as it is against ours. */

const program = (name: string): string => fileURLToPath(new URL(`../../fixtures/programs/${name}`, import.meta.url))

async function run(cloud: TplinkCloud, job: keyof typeof jobs, ...values: string[]) {
  return execa('bash', ['-c', `${cloud.shell}\n${jobs[job]}`, 'job', ...values], { reject: false })
}

/** A token and the first device, by the same curl. */
async function loggedIn(cloud: TplinkCloud): Promise<[token: string, device: string]> {
  const login = `${cloud.shell}
    token=$(cloud -s https://wap.tplinkcloud.com/ --data '{"method":"login","params":{"appType":"Kasa_Android","cloudUserName":"skipper@example.com","cloudPassword":"fair winds","terminalUUID":"7f6f4f0a"}}' | jq -r .result.token)
    cloud -s "https://wap.tplinkcloud.com/?token=$token" --data '{"method":"getDeviceList"}' | jq -r ".result.deviceList[0].deviceId"
    echo $token`
  const { stdout } = await execa('bash', ['-c', login])
  const [device = '', token = ''] = stdout.split('\n')
  return [token, device]
}

describe('the npm client', () => {
  test('reads a plug with a meter, switches its light off, and toggles it', async () => {
    await using cloud = await startTplinkCloud()
    const { stdout } = await execa(process.execPath, [program('read-plug.ts'), 'Bilge pump'], {
      env: cloud.environment,
    })
    const found: { days: object[]; months: object[] } = JSON.parse(stdout)
    expect(found).toMatchObject({
      names: ['Harbour light', 'Bilge pump'],
      server: 'https://eu-wap.tplinkcloud.com',
      on: true,
      power: { current: 0.046, voltage: 230.5, power: 7.5, total: 12.345, err_code: 0 },
      rules: { schedule: { get_rules: { rule_list: [], enable: 1, err_code: 0 } } },
      onAfter: false,
    })
    expect(found.days).toHaveLength(20)
    expect(found.months).toHaveLength(1)
    expect(cloud.endpoint.coverage().operations).toHaveProperty(['system.set_led_off'])
  })

  test('is told what is wrong with its account', async () => {
    await using cloud = await startTplinkCloud()
    const env = { ...cloud.environment, TPLINK_PASSWORD: 'foul winds' }
    const { stderr, exitCode } = await execa(process.execPath, [program('switch-relay.ts'), 'Harbour light'], {
      env,
      reject: false,
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('response error: code=-20601, status="OK", message="Incorrect email or password"')
  })
})

describe('the one-liners of 2017', () => {
  test('tell the state of a plug, take its answer out of the quotes, and find its server', async () => {
    await using cloud = await startTplinkCloud()
    const [token, device] = await loggedIn(cloud)
    expect((await run(cloud, 'state', token, device)).stdout).toBe('OFF')
    await run(cloud, 'webhook', token, device, '1')
    expect((await run(cloud, 'state', token, device)).stdout).toBe('ON')
    const told = JSON.parse((await run(cloud, 'sysinfo', token, device)).stdout)
    expect(told).toMatchObject({
      system: { get_sysinfo: { alias: 'Harbour light', relay_state: 1, deviceId: device } },
      emeter: { err_code: -1, err_msg: 'module not support' },
    })
    expect((await run(cloud, 'server', token)).stdout).toBe('https://eu-wap.tplinkcloud.com')
  })

  test('as they were printed are refused by the curl of today, before anything is sent', async () => {
    await using cloud = await startTplinkCloud()
    const [token] = await loggedIn(cloud)
    const calls = (): number => cloud.endpoint.coverage().operations['getDeviceList']?.calls ?? 0
    const before = calls()
    expect((await run(cloud, 'asPrinted', token)).exitCode).toBe(3)
    expect(calls()).toBe(before)
  })
})

test('a webhook switches a relay on and off again', async () => {
  await using cloud = await startTplinkCloud()
  const [token, device] = await loggedIn(cloud)
  for (const state of [1, 0] as const) {
    const { stdout } = await run(cloud, 'webhook', token, device, String(state))
    expect(stdout).toBe(
      '{"error_code":0,"result":{"responseData":"{\\"system\\":{\\"set_relay_state\\":{\\"err_code\\":0}}}"}}',
    )
    expect(await cloud.state('Harbour light')).toBe(state)
  }
})

describe('a hook that switches a relay on with the npm client', () => {
  const outcomes: readonly (readonly [string, object, string])[] = [
    ['the API rate limit', { operation: 'login', fault: 'rate-limited' }, 'failed loudly'],
    ['a locked account', { operation: 'login', fault: 'account-locked' }, 'failed loudly'],
    ['a token that expires at once', { operation: 'getDeviceList', fault: 'token-expired' }, 'failed loudly'],
    ['an empty list', { fault: 'empty-list' }, 'failed loudly'],
    ['a device that is offline', { operation: 'passthrough', fault: 'device-offline' }, 'failed loudly'],
    [
      'a device that does not answer the cloud',
      { operation: 'passthrough', fault: 'request-timeout' },
      'failed loudly',
    ],
    ['half a body', { operation: 'passthrough', fault: 'half-body' }, 'failed loudly, relay on'],
    ['a slow answer', { operation: 'passthrough', fault: 'slow', delayMs: 300 }, 'survived'],
    ['a reset before the relay moved', { operation: 'passthrough', fault: 'reset', executed: false }, 'failed loudly'],
    ['an answer that is lost behind it', { operation: 'passthrough', fault: 'reset' }, 'failed loudly, relay on'],
    ['a device that refuses the command', { operation: 'system.set_relay_state', fault: 'command-refused' }, 'lied'],
    ['a relay that sticks', { operation: 'system.set_relay_state', fault: 'relay-stuck' }, 'lied'],
    ['a cloud that says nothing', { operation: 'passthrough', fault: 'timeout', executed: false }, 'hung'],
  ]

  test.for(outcomes)('under %s', { concurrent: true }, async ([, fault, outcome]) => {
    await using cloud = await startTplinkCloud({ faults: [fault] })
    const { exitCode, timedOut } = await execa(process.execPath, [program('switch-relay.ts'), 'Harbour light', 'on'], {
      env: cloud.environment,
      reject: false,
      timeout: outcome === 'hung' ? 3_000 : 15_000,
    })
    const on = (await cloud.state('Harbour light')) === 1
    expect(cloud.endpoint.coverage().faults[0]?.fired).toBe(1)
    const failed = `failed loudly${on ? ', relay on' : ''}`
    const ended = exitCode === 0 ? (on ? 'survived' : 'lied') : failed
    expect(timedOut ? 'hung' : ended).toBe(outcome)
  })
})
