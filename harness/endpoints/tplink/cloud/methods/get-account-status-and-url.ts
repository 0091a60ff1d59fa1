import { cloudMethod, textParam } from '../cloud-method.ts'
import { CloudError } from '../errors.ts'
import { appServerUrl } from '../hosts.ts'

/** Which region's server an account belongs to: apps of today ask before they log in. */
export const getAccountStatusAndUrl = cloudMethod({
  name: 'getAccountStatusAndUrl',
  paths: ['/api/v2/account/getAccountStatusAndUrl'],
  run({ params, accounts, request, seed }) {
    const account = accounts.find(textParam(params, 'cloudUserName'))
    if (account === undefined) throw new CloudError('account-unknown')
    return { accountStatus: 0, appServerUrl: appServerUrl(request, account.seed.region, seed.appServerUrls) }
  },
})
