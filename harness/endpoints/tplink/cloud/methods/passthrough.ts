import type { Json, JsonObject } from '../../../../kernel/index.ts'
import type { Device } from '../../devices/device.ts'
import { isObject, parseJson } from '../../json.ts'
import type { CloudCall } from '../cloud-method.ts'
import { cloudMethod, deviceParam } from '../cloud-method.ts'
import { CloudError } from '../errors.ts'
import { doorOf } from '../hosts.ts'

/** Hands a request on to a device: JSON in a string, there and back, and the answer without a space. */
export const passthrough = cloudMethod({
  name: 'passthrough',
  paths: ['/api/v2/common/passthrough'],
  run(call) {
    const device = deviceParam(call)
    const request = requestData(call.params['requestData'])
    if (!isReached(device, call)) throw new CloudError('device-offline')
    return { responseData: JSON.stringify(call.ask(device, request)) }
  },
})

/**
 * A device keeps a connection to the servers of its region, so that those of another region find it offline. Tapo
 * devices are found offline by the older API, whichever server is asked.
 */
function isReached(device: Device, { request, seed, newer }: CloudCall): boolean {
  if (!device.online || device.isAway || (device.model.tapo && !newer)) return false
  const door = doorOf(request)
  if (door.kind === 'own') return true
  return door.kind === 'regional' ? door.region === device.region : seed.globalHost === 'forwards'
}

/** Some clients send an object in place of its text. @throws CloudError */
export function requestData(value: Json | undefined): JsonObject {
  if (value === undefined || value === null) throw new CloudError('parameter-missing')
  const request = typeof value === 'string' ? parseJson(value) : value
  if (!isObject(request)) throw new CloudError(typeof value === 'string' ? 'json-format' : 'parameter-type')
  return request
}
