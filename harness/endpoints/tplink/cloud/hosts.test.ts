import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../../core/create.ts'
import { ask, deviceIds, passOn, tokenFor } from '../testing/ask.ts'

describe('the hosts of the regions', () => {
  const accounts = [
    {
      email: 'skipper@example.com',
      password: 'fair winds',
      devices: [
        { alias: 'Harbour light', model: 'HS100' },
        { alias: 'Statue', model: 'HS100', region: 'us-east-1' },
      ],
    },
  ]
  const sysinfo = { system: { get_sysinfo: null } }

  test('are told in the list, by the name that the caller used, and an address leads back to itself', async () => {
    const endpoint = await createEndpoint('tplink', { seed: { accounts } })
    const token = await tokenFor(endpoint)
    const urls = async (host: string): Promise<unknown[]> => {
      const { result } = await ask(endpoint, { method: 'getDeviceList' }, { token, host })
      const list = result?.['deviceList']
      return Array.isArray(list) ? list.map((device: { appServerUrl: string }) => device.appServerUrl) : []
    }
    expect(await urls('wap.tplinkcloud.com')).toEqual([
      'http://eu-wap.tplinkcloud.com',
      'http://use1-wap.tplinkcloud.com',
    ])
    expect(await urls('n-wap.tplinkcloud.com:8443')).toEqual([
      'http://n-euw1-wap.tplinkcloud.com:8443',
      'http://n-use1-wap.tplinkcloud.com:8443',
    ])
    expect(await urls('127.0.0.1:8080')).toEqual(['http://127.0.0.1:8080', 'http://127.0.0.1:8080'])
  })

  test('find devices of other regions offline', async () => {
    const endpoint = await createEndpoint('tplink', { seed: { accounts } })
    const token = await tokenFor(endpoint)
    const [light = '', statue = ''] = await deviceIds(endpoint, token)
    const at = async (id: string, host: string): Promise<boolean> =>
      !(await passOn(endpoint, token, id, sysinfo, { host })).includes('-20571')
    expect(await at(light, 'eu-wap.tplinkcloud.com')).toBe(true)
    expect(await at(light, 'use1-wap.tplinkcloud.com')).toBe(false)
    expect(await at(statue, 'use1-wap.tplinkcloud.com')).toBe(true)
    expect(await at(statue, 'aps1-wap.tplinkcloud.com')).toBe(false)
    expect(await at(statue, 'wap.tplinkcloud.com')).toBe(true)
  })

  test('have a global one among them that can be made to reach nothing', async () => {
    const endpoint = await createEndpoint('tplink', {
      seed: { accounts, globalHost: 'refuses', appServerUrls: 'real' },
    })
    const token = await tokenFor(endpoint)
    const [light = ''] = await deviceIds(endpoint, token)
    expect(await passOn(endpoint, token, light, sysinfo, { host: 'wap.tplinkcloud.com' })).toContain('-20571')
    const { result } = await ask(endpoint, { method: 'getDeviceList' }, { token })
    expect(JSON.stringify(result)).toContain('"appServerUrl":"https://eu-wap.tplinkcloud.com"')
  })
})
