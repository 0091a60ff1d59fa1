import type { JsonObject } from '../../../../kernel/index.ts'
import type { Device } from '../device.ts'
import { deviceModule, integerOf } from '../device-module.ts'
import type { Day } from '../days.ts'
import { daysOf, daysOfMonth, figureOf } from '../days.ts'
import type { Outlet } from '../outlet.ts'

/** `emeter`: watts and kilowatt-hours on the first hardware, thousandths of them on the later. */
export const emeter = deviceModule({
  id: 'emeter',
  namesOn: ({ model }) => {
    if (!model.emeter) return []
    return model.kind === 'bulb' || model.kind === 'light-strip' ? ['smartlife.iot.common.emeter'] : ['emeter']
  },
  methods: {
    get_realtime: ({ device, outlet }) => realtime(device, outlet),
    get_daystat: ({ device, outlet, args, nowMs }) => {
      const wanted = daysOf({ args, nowMs })
      const seeded = outlet.emeter.days?.filter(({ year, month }) => year === args['year'] && month === args['month'])
      const days = seeded ?? wanted.map((day) => ({ ...day, kilowattHours: madeUp(outlet, day) }))
      return {
        day_list: days.map(({ year, month, day, kilowattHours }) => ({
          year,
          month,
          day,
          ...energy(device, kilowattHours),
        })),
      }
    },
    get_monthstat: ({ device, outlet, args, nowMs }) => {
      const year = integerOf(args, 'year', 1970, 9999)
      const months: JsonObject[] = []
      for (let month = 1; month <= 12; month++) {
        const seeded = outlet.emeter.days?.filter((day) => day.year === year && day.month === month)
        const values =
          seeded?.map((day) => day.kilowattHours) ?? daysOfMonth(year, month, nowMs).map((day) => madeUp(outlet, day))
        if (values.length === 0) continue
        months.push({
          year,
          month,
          ...energy(
            device,
            values.reduce((sum, value) => sum + value, 0),
          ),
        })
      }
      return { month_list: months }
    },
    get_vgain_igain: () => ({ vgain: 13_462, igain: 16_835 }),
    erase_emeter_stat: () => undefined,
  },
})

function realtime(device: Device, outlet: Outlet): JsonObject {
  const { watts, volts, amperes, kilowattHours, drawsWhenOff } = outlet.emeter
  const on = device.light === undefined ? outlet.on : device.light.on === 1
  const draws = on || drawsWhenOff ? 1 : 0
  if (device.light !== undefined) return { power_mw: Math.round(watts * 1000) * draws }
  if (device.generation === 1) {
    return { current: amperes * draws, voltage: volts, power: watts * draws, total: kilowattHours }
  }
  return {
    voltage_mv: Math.round(volts * 1000),
    current_ma: Math.round(amperes * 1000) * draws,
    power_mw: Math.round(watts * 1000) * draws,
    total_wh: Math.round(kilowattHours * 1000),
  }
}

function energy({ generation }: Device, kilowattHours: number): JsonObject {
  return generation === 1
    ? { energy: Math.round(kilowattHours * 1000) / 1000 }
    : { energy_wh: Math.round(kilowattHours * 1000) }
}

/** Between a fifth and one and a half kilowatt-hours. */
function madeUp({ id }: Outlet, day: Day): number {
  return 0.2 + 1.3 * figureOf(id, 'energy', day)
}
