import { cloudMethod, textParam } from '../cloud-method.ts'
import { CloudError } from '../errors.ts'
import { loggedIn } from './login.ts'

/** The second step of a login: the code that was sent. The password may be left out, the process id stands for it. */
export const checkMfaCodeAndLogin = cloudMethod({
  name: 'checkMFACodeAndLogin',
  paths: ['/api/v2/account/checkMFACodeAndLogin'],
  run({ params, accounts }) {
    const email = textParam(params, 'cloudUserName')
    const code = textParam(params, 'code')
    const known = accounts.find(email)
    const begun = known !== undefined && params['MFAProcessId'] === `mfa-${known.id}`
    const account = begun ? known : accounts.authenticate(email, textParam(params, 'cloudPassword'))
    if (account.seed.mfa?.code !== code) throw new CloudError('mfa-code-wrong')
    return loggedIn(accounts.open(account), { ...params, refreshTokenNeeded: true })
  },
})
