import type { Json, JsonObject } from '../../../../kernel/index.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { bitOf, deviceModule, integerOf, textOf } from '../device-module.ts'
import { isObject } from '../../json.ts'
import { sysinfoOf } from '../sysinfo.ts'

const longestAlias = 63
const longestDelay = 3600

/** `system`: what a device is, and switching it. */
export const system = deviceModule({
  id: 'system',
  namesOn: ({ light }: Device) => (light === undefined ? ['system'] : ['system', 'smartlife.iot.common.system']),
  wholeDevice: ['get_sysinfo', 'set_led_off', 'reboot', 'reset', 'set_dev_location', 'get_dev_icon'],
  methods: {
    get_sysinfo: ({ device, nowMs, stale }) => {
      const info = sysinfoOf(device, nowMs)
      return stale ? beforeSwitching(info) : info
    },
    set_relay_state: ({ device, outlets, args, nowMs, stuck }) => {
      if (device.light !== undefined) throw new DeviceError('Method not support')
      const on = bitOf(args, 'state') === 1
      if (!stuck) for (const outlet of outlets) outlet.switchTo(on, nowMs)
    },
    set_dev_alias: ({ device, outlet, named, args }) => {
      const alias = textOf(args, 'alias', longestAlias)
      if (named) outlet.alias = alias
      else device.alias = alias
    },
    set_led_off: ({ device, args }) => {
      device.ledOff = bitOf(args, 'off')
    },
    reboot: ({ device, args }) => device.restart(integerOf(args, 'delay', 0, longestDelay)),
    reset: ({ device, args }) => {
      device.restart(integerOf(args, 'delay', 0, longestDelay))
      device.forget()
    },
    set_dev_location: ({ device, args }) => {
      device.longitude = degrees(args['longitude'], args['longitude_i'], 180)
      device.latitude = degrees(args['latitude'], args['latitude_i'], 90)
    },
    get_dev_icon: () => ({ icon: '', hash: '' }),
  },
})

/** As it was before everything was switched that can be. */
function beforeSwitching(info: JsonObject): JsonObject {
  const other = (value: Json | undefined): number => (value === 1 ? 0 : 1)
  const { children, light_state: light } = info
  return {
    ...info,
    ...('relay_state' in info && { relay_state: other(info['relay_state']) }),
    ...(isObject(light) && { light_state: { ...light, on_off: other(light['on_off']) } }),
    ...(Array.isArray(children) && {
      children: children.map((child: Json) => (isObject(child) ? { ...child, state: other(child['state']) } : child)),
    }),
  }
}

function degrees(whole: unknown, tenThousandths: unknown, most: number): number {
  const value = typeof tenThousandths === 'number' ? tenThousandths / 10_000 : whole
  if (typeof value === 'number' && Math.abs(value) <= most) return value
  throw new DeviceError('invalid argument')
}
