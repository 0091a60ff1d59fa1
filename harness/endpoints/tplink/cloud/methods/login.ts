import type { JsonObject } from '../../../../kernel/index.ts'
import type { Session } from '../accounts.ts'
import { cloudMethod, textParam } from '../cloud-method.ts'
import { CloudError } from '../errors.ts'

/** Exchanges an e-mail address and a password for a token. Accounts with a second factor are told so. */
export const login = cloudMethod({
  name: 'login',
  paths: ['/api/v2/account/login'],
  run({ params, accounts }) {
    const email = textParam(params, 'cloudUserName')
    const password = textParam(params, 'cloudPassword')
    textParam(params, 'appType')
    textParam(params, 'terminalUUID')
    const account = accounts.authenticate(email, password)
    if (account.seed.mfa !== undefined) {
      throw new CloudError('mfa-required', {
        mfaType: 'verifyCodeLogin',
        MFAProcessId: `mfa-${account.id}`,
        supportedMFATypes: [1, 2],
        email: account.seed.email,
      })
    }
    return loggedIn(accounts.open(account), params)
  },
})

/** What every way to log in answers. */
export function loggedIn({ account, token, refreshToken }: Session, { refreshTokenNeeded }: JsonObject): JsonObject {
  const { regTime, countryCode, email } = account.seed
  const base = { accountId: account.id, regTime, countryCode, email, token }
  return refreshTokenNeeded === true ? { ...base, refreshToken } : base
}
