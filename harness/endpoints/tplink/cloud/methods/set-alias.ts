import { cloudMethod, deviceParam, textParam } from '../cloud-method.ts'
import { CloudError } from '../errors.ts'

const longestAlias = 63

/** Names a device. */
export const setAlias = cloudMethod({
  name: 'setAlias',
  paths: ['/api/v2/common/setAlias'],
  run(call) {
    const device = deviceParam(call)
    const alias = textParam(call.params, 'alias')
    if (Buffer.byteLength(alias) > longestAlias) throw new CloudError('alias-format')
    device.alias = alias
    return {}
  },
})
