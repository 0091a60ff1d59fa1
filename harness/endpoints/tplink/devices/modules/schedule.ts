import type { JsonObject } from '../../../../kernel/index.ts'
import { bitOf, deviceModule, integerOf, namesBy } from '../device-module.ts'
import { daysOf, daysOfMonth, figureOf } from '../days.ts'
import { ruleTable } from '../rules.ts'
import { nextAction } from '../schedule-time.ts'

const minutesOfDay = 1440

/** `schedule`: rules by time of day, and for how long an outlet was on. */
export const schedule = deviceModule({
  id: 'schedule',
  namesOn: namesBy('schedule', 'smartlife.iot.common.schedule'),
  methods: {
    ...ruleTable('schedule'),
    get_rules: ({ outlet }) => ({ rule_list: outlet.schedule, enable: outlet.scheduleEnabled ? 1 : 0 }),
    set_overall_enable: ({ outlet, args }) => {
      outlet.scheduleEnabled = bitOf(args, 'enable') === 1
    },
    get_next_action: ({ device, outlet, nowMs }) => {
      const next = outlet.scheduleEnabled
        ? nextAction(outlet.schedule, nowMs, device.seed.timezone.offsetMinutes)
        : undefined
      if (next === undefined) return { type: -1 }
      return { type: 1, id: next.rule.id, schd_time: next.secondOfDay, action: next.on ? 1 : 0 }
    },
    get_daystat: ({ outlet, args, nowMs }) => ({
      day_list: daysOf({ args, nowMs }).map((day) => ({
        ...day,
        time: Math.round(minutesOfDay * figureOf(outlet.id, 'runtime', day)),
      })),
    }),
    get_monthstat: ({ outlet, args, nowMs }) => {
      const year = integerOf(args, 'year', 1970, 9999)
      const months: JsonObject[] = []
      for (let month = 1; month <= 12; month++) {
        const days = daysOfMonth(year, month, nowMs)
        if (days.length === 0) continue
        const time = days.reduce((sum, day) => sum + Math.round(minutesOfDay * figureOf(outlet.id, 'runtime', day)), 0)
        months.push({ year, month, time })
      }
      return { month_list: months }
    },
    erase_runtime_stat: () => undefined,
  },
})
