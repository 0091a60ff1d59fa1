import type { Json, JsonObject } from '../../../../kernel/index.ts'
import { DeviceError } from '../device-error.ts'
import type { DeviceCall } from '../device-module.ts'
import { deviceModule } from '../device-module.ts'
import type { Light } from '../device.ts'
import { lightState } from '../sysinfo.ts'

/** Bulbs and light strips have the same service under names of their own. */
export const lighting = deviceModule({
  id: 'lighting',
  namesOn: ({ model }) => {
    if (model.kind === 'bulb') return ['smartlife.iot.smartbulb.lightingservice']
    return model.kind === 'light-strip' ? ['smartlife.iot.lightStrip'] : []
  },
  methods: {
    get_light_state: ({ device }) => lightState(lightOf(device.light)),
    transition_light_state: (call) => change(call),
    set_light_state: (call) => change(call),
    get_light_details: () => ({
      lamp_beam_angle: 150,
      min_voltage: 110,
      max_voltage: 120,
      wattage: 10,
      incandescent_equivalent: 60,
      max_lumens: 800,
      color_rendering_index: 80,
    }),
    get_default_behavior: () => ({ soft_on: { mode: 'last_status' }, hard_on: { mode: 'last_status' } }),
  },
})

const ranges = {
  on_off: { key: 'on', least: 0, most: 1 },
  brightness: { key: 'brightness', least: 0, most: 100 },
  hue: { key: 'hue', least: 0, most: 360 },
  saturation: { key: 'saturation', least: 0, most: 100 },
  color_temp: { key: 'colorTemp', least: 0, most: 9000 },
} as const satisfies Readonly<Record<string, { key: keyof Light; least: number; most: number }>>

/** Clients send null for what they leave as it is. */
function change({ device, args, stuck }: DeviceCall): JsonObject {
  const light = lightOf(device.light)
  const changed: Record<string, number> = {}
  for (const [name, { key, least, most }] of Object.entries(ranges)) {
    const value: Json | undefined = args[name]
    if (value === undefined || value === null) continue
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw new DeviceError('Invalid input argument')
    }
    changed[key] = value
  }
  if (!stuck) Object.assign(light, changed)
  return lightState(light)
}

function lightOf(light: Light | undefined): Light {
  if (light === undefined) throw new DeviceError('Module not support')
  return light
}
