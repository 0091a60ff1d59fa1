import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../../core/create.ts'
import { ask, deviceIds, passOn, skipper, terminal, tokenFor } from '../testing/ask.ts'

describe('the newer API', () => {
  const signed = (body: string, path: string, key: string): [string, string][] => {
    const md5 = createHash('md5').update(body).digest('base64')
    const nonce = '6f9619ff-8b86-4011-b42d-00c04fc964ff'
    const signature = createHmac('sha1', key).update(`${md5}\n9999999999\n${nonce}\n${path}`).digest('hex')
    return [
      ['Content-MD5', md5],
      ['X-Authorization', `Timestamp=9999999999, Nonce=${nonce}, AccessKey=app, Signature=${signature}`],
    ]
  }
  const path = '/api/v2/account/login'
  const body = JSON.stringify({ ...terminal, ...skipper, refreshTokenNeeded: true })

  test('takes what is signed, and refuses what is not', async () => {
    const endpoint = await createEndpoint('tplink', { seed: { appKeys: { app: 'secret' } } })
    const send = async (fields: [string, string][]): Promise<number> =>
      (await ask(endpoint, body, { path, fields })).error_code
    expect(await send(signed(body, path, 'secret'))).toBe(0)
    expect(await send([])).toBe(-20001)
    expect(await send(signed(body, path, 'another'))).toBe(-20001)
    expect(await send(signed(body, '/api/v2/account/logout', 'secret'))).toBe(-20001)
    expect(await send(signed(`${body} `, path, 'secret'))).toBe(-20001)
  })

  test('sends an account to the server of its region first', async () => {
    const endpoint = await createEndpoint('tplink', { signatures: 'lenient' })
    const way = { path: '/api/v2/account/getAccountStatusAndUrl', host: 'n-wap.tplinkcloud.com' }
    expect((await ask(endpoint, { ...terminal, ...skipper }, way)).result).toEqual({
      accountStatus: 0,
      appServerUrl: 'http://n-euw1-wap.tplinkcloud.com',
    })
    const unknown = { ...terminal, cloudUserName: 'nobody@example.com' }
    expect((await ask(endpoint, unknown, way)).error_code).toBe(-20600)
  })

  test('reaches Tapo devices, which the older one finds offline', async () => {
    const accounts = [
      { email: 'skipper@example.com', password: 'fair winds', devices: [{ alias: 'Galley', model: 'P100' }] },
    ]
    const endpoint = await createEndpoint('tplink', { signatures: 'lenient', seed: { accounts } })
    const token = await tokenFor(endpoint)
    const [id = ''] = await deviceIds(endpoint, token)
    expect(await passOn(endpoint, token, id, { system: { get_sysinfo: {} } })).toContain('Device is offline')
    const request = { deviceId: id, requestData: '{"system":{"get_sysinfo":{}}}' }
    const { result } = await ask(endpoint, request, { token, path: '/api/v2/common/passthrough' })
    expect(result?.['responseData']).toContain('"model":"P100"')
    const page = { index: 0, limit: 20, deviceTypeList: ['SMART.TAPOPLUG'] }
    const list = await ask(endpoint, page, { token, path: '/api/v2/common/getDeviceListByPage' })
    expect(list.result).toMatchObject({
      totalNum: 1,
      deviceList: [{ alias: Buffer.from('Galley').toString('base64') }],
    })
  })
})
