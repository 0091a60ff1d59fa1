import { cloudMethod, deviceParam } from '../cloud-method.ts'

/** Takes a device from the account: it is in no list any more. */
export const unbindDevice = cloudMethod({
  name: 'unbindDevice',
  paths: ['/api/v2/common/unbindDevice'],
  run(call) {
    deviceParam(call).owner = undefined
    return {}
  },
})
