import { cloudMethod } from '../cloud-method.ts'

/** Ends the session of the token. */
export const logout = cloudMethod({
  name: 'logout',
  paths: ['/api/v2/account/logout'],
  run({ accounts, session }) {
    accounts.close(session().token)
    return {}
  },
})
