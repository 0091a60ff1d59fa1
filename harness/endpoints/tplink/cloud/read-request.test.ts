import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../../core/create.ts'
import { ask, deviceIds, skipper, terminal, tokenFor } from '../testing/ask.ts'
import { cloudErrors } from './errors.ts'

const login = (params: object): object => ({ method: 'login', params: { ...terminal, ...skipper, ...params } })

describe('what cannot be understood', () => {
  const bodies: readonly (readonly [string, string, keyof typeof cloudErrors])[] = [
    ['nothing', '', 'json-format'],
    ['half a JSON', '{"method":"login"', 'json-format'],
    ['a form', 'method=login&cloudUserName=skipper', 'json-format'],
    ['null', 'null', 'json-null'],
    ['a list', '[]', 'json-format'],
    ['no method', '{}', 'method-unknown'],
    ['a method that is a number', '{"method":1}', 'parameter-type'],
    ['a method of all objects', '{"method":"constructor"}', 'method-unknown'],
    ['parameters that are text', '{"method":"login","params":"a"}', 'parameter-type'],
    ['no parameters', '{"method":"login"}', 'parameter-missing'],
    [
      'a password that is a number',
      '{"method":"login","params":{"cloudUserName":"a","cloudPassword":1}}',
      'parameter-type',
    ],
    [
      'ten megabytes of e-mail',
      `{"method":"login","params":{"cloudUserName":"${'a'.repeat(1e7)}"}}`,
      'parameter-missing',
    ],
    ['a hundred thousand brackets', '['.repeat(100_000), 'json-format'],
  ]
  test.for(bodies)('%s is answered with the documented code', async ([, body, name]) => {
    const endpoint = await createEndpoint('tplink')
    const { code, msg } = cloudErrors[name]
    expect(await ask(endpoint, body)).toEqual({ error_code: code, msg })
  })

  test('is JSON all the same when white space or a NUL stands behind it, and whatever its type says', async () => {
    const endpoint = await createEndpoint('tplink')
    const fields = [['Content-Type', 'application/x-www-form-urlencoded']] as const
    for (const tail of ['\r\n', ' \t\n', '\0']) {
      expect((await ask(endpoint, `${JSON.stringify(login({}))}${tail}`, { fields })).error_code).toBe(0)
    }
  })

  test('of a device: a wrong id, another account, no JSON in the text', async () => {
    const endpoint = await createEndpoint('tplink')
    const token = await tokenFor(endpoint)
    const [id = ''] = await deviceIds(endpoint, token)
    const send = async (params: object, way = token): Promise<number> =>
      (await ask(endpoint, { method: 'passthrough', params }, { token: way })).error_code
    expect(await send({ requestData: '{}' })).toBe(-20104)
    expect(await send({ deviceId: 'nobody', requestData: '{}' })).toBe(-20580)
    expect(await send({ deviceId: id })).toBe(-20104)
    expect(await send({ deviceId: id, requestData: '{"system"' })).toBe(-10100)
    expect(await send({ deviceId: id, requestData: 7 })).toBe(-20105)
    expect(await send({ deviceId: id, requestData: '{}' }, 'made-up')).toBe(-20651)
  })
})
