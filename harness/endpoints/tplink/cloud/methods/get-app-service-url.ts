import type { JsonObject } from '../../../../kernel/index.ts'
import type { CloudCall } from '../cloud-method.ts'
import { cloudMethod } from '../cloud-method.ts'
import { CloudError } from '../errors.ts'
import { appServerUrl } from '../hosts.ts'

/** The addresses of services by their ids. Every id that is asked for has one: the server of the account's region. */
function urls({ params, session, request, seed }: CloudCall): JsonObject {
  const { account } = session()
  const ids = params['serviceIds']
  if (ids === undefined) throw new CloudError('parameter-missing')
  if (!Array.isArray(ids)) throw new CloudError('parameter-type')
  const url = appServerUrl(request, account.seed.region, seed.appServerUrls)
  const names = ids.filter((id): id is string => typeof id === 'string')
  return {
    serviceUrls: Object.fromEntries(names.map((id) => [id, url])),
    serviceList: names.map((serviceId) => ({ serviceId, serviceUrl: url })),
  }
}

export const getAppServiceUrl = cloudMethod({
  name: 'getAppServiceUrl',
  paths: ['/api/v2/common/getAppServiceUrl', '/api/v2/common/getAppServiceUrlByCloudUserName'],
  run: urls,
})
