import type { JsonObject } from '../../../../kernel/index.ts'
import type { Device } from '../../devices/device.ts'
import { deviceTypeOf } from '../../devices/models.ts'
import type { CloudCall } from '../cloud-method.ts'
import { cloudMethod } from '../cloud-method.ts'
import { appServerUrl } from '../hosts.ts'

/** The account's devices, each with the server that it must be asked through. */
export const getDeviceList = cloudMethod({
  name: 'getDeviceList',
  paths: ['/api/v2/common/getDeviceList'],
  run: (call) => ({ deviceList: listed(call) }),
})

export const getDeviceListByPage = cloudMethod({
  name: 'getDeviceListByPage',
  paths: ['/api/v2/common/getDeviceListByPage'],
  run(call) {
    const { deviceTypeList: types, index, limit } = call.params
    const all = listed(call).filter(
      ({ deviceType }) => !Array.isArray(types) || types.length === 0 || types.some((type) => type === deviceType),
    )
    const from = typeof index === 'number' && index >= 0 ? index : 0
    const count = typeof limit === 'number' && limit > 0 ? limit : all.length
    return { totalNum: all.length, currentIndex: from, deviceList: all.slice(from, from + count) }
  },
})

function listed(call: CloudCall): JsonObject[] {
  const { devices, session, effect, query, params, seed } = call
  const email = session().account.seed.email.toLowerCase()
  if (effect === 'empty-list') return []
  const { appType } = params
  const forTapo = [query.get('appName'), appType].some((app) => typeof app === 'string' && /tapo/i.test(app))
  return devices
    .filter(({ owner }) => owner?.toLowerCase() === email)
    .filter(({ model }) => seed.tapoListed === 'everywhere' || model.tapo === forTapo)
    .map((device) => entry(device, call))
}

function entry(device: Device, { request, seed, session }: CloudCall): JsonObject {
  const encoded = device.model.tapo && seed.tapoAlias === 'base64'
  return {
    deviceType: deviceTypeOf(device.model),
    role: 0,
    fwVer: device.fwVer,
    appServerUrl: appServerUrl(request, device.region, seed.appServerUrls),
    deviceRegion: device.region,
    deviceId: device.id,
    deviceName: device.seed.deviceName ?? device.model.deviceName,
    deviceHwVer: device.hwVer,
    alias: encoded ? Buffer.from(device.alias).toString('base64') : device.alias,
    deviceMac: device.mac,
    oemId: device.code('oemId'),
    deviceModel: device.modelName,
    hwId: device.code('hwId'),
    fwId: device.code('fwId'),
    isSameRegion: device.region === session().account.seed.region,
    status: device.online && !device.isAway ? 1 : 0,
  }
}
