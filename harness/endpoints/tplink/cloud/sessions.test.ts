import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../../core/create.ts'
import { ask, skipper, terminal, tokenFor } from '../testing/ask.ts'

const login = (params: object): object => ({ method: 'login', params: { ...terminal, ...skipper, ...params } })
const mate = { cloudUserName: 'mate@example.com', cloudPassword: 'ahoy' }

describe('logging in', () => {
  test('gives a token, and a refresh token to who asks for it', async () => {
    const endpoint = await createEndpoint('tplink')
    const { error_code, result } = await ask(endpoint, login({ refreshTokenNeeded: true }))
    expect(error_code).toBe(0)
    expect(Object.keys(result ?? {})).toEqual(['accountId', 'regTime', 'countryCode', 'email', 'token', 'refreshToken'])
    expect(result?.['token']).toMatch(/^[0-9a-f]{8}-[0-9A-Za-z]{23}$/)
    expect(Object.keys((await ask(endpoint, login({}))).result ?? {})).not.toContain('refreshToken')
  })

  test('locks an account after too many wrong passwords, until the lock has passed', async () => {
    const endpoint = await createEndpoint('tplink', {
      clock: 'manual',
      seed: {
        wrongPasswords: 2,
        lockSeconds: 60,
        accounts: [{ email: skipper.cloudUserName, password: 'fair winds' }],
      },
    })
    const wrong = login({ cloudPassword: 'foul winds' })
    expect((await ask(endpoint, wrong)).error_code).toBe(-20601)
    expect((await ask(endpoint, wrong)).error_code).toBe(-20601)
    expect(await ask(endpoint, login({}))).toEqual({ error_code: -20675, msg: 'Account locked' })
    endpoint.clock.advance(60_000)
    expect((await ask(endpoint, login({}))).error_code).toBe(0)
  })

  test('with a second factor wants its code', async () => {
    const accounts = [{ email: mate.cloudUserName, password: mate.cloudPassword, mfa: { code: '424242' } }]
    const endpoint = await createEndpoint('tplink', { signatures: 'lenient', seed: { accounts } })
    const path = '/api/v2/account/login'
    const first = await ask(endpoint, { ...terminal, ...mate }, { path })
    expect(first).toMatchObject({
      error_code: -20677,
      result: { mfaType: 'verifyCodeLogin', supportedMFATypes: [1, 2] },
    })
    expect(await ask(endpoint, { ...terminal, ...mate }, { path: '/api/v2/account/getEmailVC4TerminalMFA' })).toEqual({
      error_code: 0,
      result: { errorCode: 0 },
    })
    const check = { path: '/api/v2/account/checkMFACodeAndLogin' }
    expect((await ask(endpoint, { ...terminal, ...mate, code: '000000' }, check)).error_code).toBe(-20676)
    const MFAProcessId = first.result?.['MFAProcessId']
    const second = { ...terminal, cloudUserName: mate.cloudUserName, MFAProcessId, code: '424242' }
    expect((await ask(endpoint, second, check)).result).toHaveProperty('refreshToken')
  })
})

describe('a token', () => {
  test('is good until it expires, and a refresh token gives a new one until that expires too', async () => {
    const endpoint = await createEndpoint('tplink', {
      clock: 'manual',
      seed: { tokenSeconds: 10, refreshTokenSeconds: 100 },
    })
    const { result } = await ask(endpoint, login({ refreshTokenNeeded: true }))
    const token = String(result?.['token'])
    const refresh = { method: 'refreshToken', params: { ...terminal, refreshToken: result?.['refreshToken'] } }
    endpoint.clock.advance(9_999)
    expect((await ask(endpoint, { method: 'getDeviceList' }, { token })).error_code).toBe(0)
    endpoint.clock.advance(1)
    expect(await ask(endpoint, { method: 'getDeviceList' }, { token })).toEqual({
      error_code: -20651,
      msg: 'Token expired',
    })
    const renewed = String((await ask(endpoint, refresh)).result?.['token'])
    expect((await ask(endpoint, { method: 'getDeviceList' }, { token: renewed })).error_code).toBe(0)
    expect((await ask(endpoint, refresh)).error_code).toBe(-20656)
    const { result: last } = await ask(endpoint, login({ refreshTokenNeeded: true }))
    endpoint.clock.advance(100_000)
    const late = { method: 'refreshToken', params: { ...terminal, refreshToken: last?.['refreshToken'] } }
    expect((await ask(endpoint, late)).error_code).toBe(-20655)
  })

  test('ends with logout, and gives way to newer logins', async () => {
    const endpoint = await createEndpoint('tplink', { seed: { sessions: 1 } })
    const first = await tokenFor(endpoint)
    const second = await tokenFor(endpoint)
    expect(await ask(endpoint, { method: 'getDeviceList' }, { token: first })).toEqual({
      error_code: -20675,
      msg: 'Account login in other places',
    })
    expect(await ask(endpoint, { method: 'logout' }, { token: second })).toEqual({ error_code: 0, result: {} })
    expect((await ask(endpoint, { method: 'getDeviceList' }, { token: second })).error_code).toBe(-20651)
  })

  test('is taken with the protocol behind it that scripts of 2017 put into their URLs', async () => {
    const endpoint = await createEndpoint('tplink')
    const token = await tokenFor(endpoint)
    for (const each of [`${token} HTTP/1.1`, ` ${token}`]) {
      expect((await ask(endpoint, { method: 'getDeviceList' }, { token: each })).error_code).toBe(0)
    }
  })
})
