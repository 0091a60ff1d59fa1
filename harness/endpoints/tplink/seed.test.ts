import { expect, test } from 'vitest'
import { createEndpoint } from '../core/create.ts'
import { ask, tokenFor } from './testing/ask.ts'

test('an empty seed has an account with an HS100 and an HS110', async () => {
  const endpoint = await createEndpoint('tplink', { seed: {} })
  const { result } = await ask(endpoint, { method: 'getDeviceList' }, { token: await tokenFor(endpoint) })
  expect(result).toMatchObject({
    deviceList: [
      { alias: 'Harbour light', deviceModel: 'HS100(EU)', status: 1, isSameRegion: true },
      { alias: 'Bilge pump', deviceModel: 'HS110(EU)', status: 1, isSameRegion: true },
    ],
  })
})

test('two runs of the same seed give the same devices, accounts and tokens', async () => {
  const run = async (random: number): Promise<string> => {
    const endpoint = await createEndpoint('tplink', { random })
    const token = await tokenFor(endpoint)
    return JSON.stringify([token, await ask(endpoint, { method: 'getDeviceList' }, { token })])
  }
  expect(await run(1)).toBe(await run(1))
  expect(await run(2)).not.toBe(await run(1))
})

const account = { email: 'skipper@example.com', password: 'fair winds' }
const device = { alias: 'Light', model: 'HS100' }
const wrong: readonly (readonly [string, object, string])[] = [
  ['a model that there is not', { accounts: [{ ...account, devices: [{ ...device, model: 'HS101' }] }] }, 'HS100'],
  ['a key that there is not', { accounts: [{ ...account, devices: [{ ...device, relay: 1 }] }] }, 'relayState'],
  ['a region that there is not', { accounts: [{ ...account, region: 'eu-west-2' }] }, 'eu-west-1'],
  ['a name for two', { accounts: [{ ...account, devices: [device, device] }] }, 'a name of its own, or a deviceId'],
  ['an account twice', { accounts: [account, account] }, 'no other account has'],
  ['no account', { accounts: [] }, 'accounts'],
]
test.for(wrong)('%s is told with its place and what was meant', async ([, seed, told]) => {
  await expect(createEndpoint('tplink', { seed })).rejects.toThrow(told)
})
