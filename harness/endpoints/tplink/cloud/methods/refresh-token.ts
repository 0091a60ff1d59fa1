import { cloudMethod, textParam } from '../cloud-method.ts'

/** A new token for a refresh token; the old pair is good no more. */
export const refreshToken = cloudMethod({
  name: 'refreshToken',
  paths: ['/api/v2/account/refreshToken'],
  run({ params, accounts, newer }) {
    textParam(params, 'terminalUUID')
    const session = accounts.refresh(textParam(params, 'refreshToken'))
    const { token } = session
    return newer || params['refreshTokenNeeded'] === true ? { token, refreshToken: session.refreshToken } : { token }
  },
})
