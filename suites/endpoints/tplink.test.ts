import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import type { TplinkCloud } from '../../fixtures/programs/tplink-cloud.ts'
import { startTplinkCloud } from '../../fixtures/programs/tplink-cloud.ts'
import { jobs } from '../../fixtures/programs/tplink-jobs.ts'
import { deviceIds, tokenFor } from '../../harness/endpoints/tplink/testing/ask.ts'

/** What people have written against this cloud since 2017, run as it is against ours. */

const program = (name: string): string => fileURLToPath(new URL(`../../fixtures/programs/${name}`, import.meta.url))

async function run(cloud: TplinkCloud, job: keyof typeof jobs, ...values: string[]) {
  return execa('bash', ['-c', `${cloud.shell}\n${jobs[job]}`, 'job', ...values], { reject: false })
}

/** A token and the first device. */
async function loggedIn({ endpoint }: TplinkCloud): Promise<[token: string, device: string]> {
  const token = await tokenFor(endpoint)
  const [device = ''] = await deviceIds(endpoint, token)
  return [token, device]
}

/** The tools of the published lines. Debian: `apt-get install curl jq sed`. */
const tools = await execa('bash', ['-c', 'command -v curl && command -v jq && command -v sed'], { reject: false })

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

describe.skipIf(tools.exitCode !== 0)('the one-liners of 2017', () => {
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

test.skipIf(tools.exitCode !== 0)('a webhook switches a relay on and off again', async () => {
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
  const outcomes: readonly (readonly [trouble: string, outcome: string, fault: object])[] = [
    ['the API rate limit', 'fails loudly', { operation: 'login', fault: 'rate-limited' }],
    ['a locked account', 'fails loudly', { operation: 'login', fault: 'account-locked' }],
    ['a token that expires at once', 'fails loudly', { operation: 'getDeviceList', fault: 'token-expired' }],
    ['an empty list', 'fails loudly', { fault: 'empty-list' }],
    ['a device that is offline', 'fails loudly', { operation: 'passthrough', fault: 'device-offline' }],
    ['a device that does not answer the cloud', 'fails loudly', { operation: 'passthrough', fault: 'request-timeout' }],
    ['half a body', 'fails loudly with the relay on', { operation: 'passthrough', fault: 'half-body' }],
    ['a slow answer', 'survives', { operation: 'passthrough', fault: 'slow', delayMs: 300 }],
    ['a reset before the relay moved', 'fails loudly', { operation: 'passthrough', fault: 'reset', executed: false }],
    [
      'an answer that is lost behind it',
      'fails loudly with the relay on',
      { operation: 'passthrough', fault: 'reset' },
    ],
    ['a device that refuses the command', 'lies', { operation: 'system.set_relay_state', fault: 'command-refused' }],
    ['a relay that sticks', 'lies', { operation: 'system.set_relay_state', fault: 'relay-stuck' }],
    ['a cloud that says nothing', 'hangs', { operation: 'passthrough', fault: 'timeout', executed: false }],
  ]

  test.for(outcomes)('under %s %s', { concurrent: true }, async ([, outcome, fault], { expect: expectHere }) => {
    await using cloud = await startTplinkCloud({ faults: [fault] })
    const { exitCode, timedOut } = await execa(process.execPath, [program('switch-relay.ts'), 'Harbour light', 'on'], {
      env: cloud.environment,
      reject: false,
      timeout: outcome === 'hangs' ? 3_000 : 30_000,
    })
    const on = (await cloud.state('Harbour light')) === 1
    const fails = `fails loudly${on ? ' with the relay on' : ''}`
    const ended = exitCode === 0 ? (on ? 'survives' : 'lies') : fails
    expectHere(timedOut ? 'hangs' : ended).toBe(outcome)
    expectHere(cloud.endpoint.coverage().faults[0]?.fired, 'the fault was met').toBe(1)
  })
})
