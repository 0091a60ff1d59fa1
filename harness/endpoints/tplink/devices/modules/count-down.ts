import type { JsonObject } from '../../../../kernel/index.ts'
import type { CountDown } from '../count-down.ts'
import { DeviceError } from '../device-error.ts'
import { bitOf, deviceModule, integerOf, namesBy, textOf } from '../device-module.ts'
import type { Outlet } from '../outlet.ts'

const longestDelay = 86_400

/** `count_down`: the one timer of an outlet. It runs by the endpoint's time, whatever the clock's mode. */
export const countDown = deviceModule({
  id: 'count_down',
  namesOn: namesBy('count_down', undefined),
  methods: {
    get_rules: ({ outlet, nowMs }) => ({
      rule_list: outlet.countDown === undefined ? [] : [shown(outlet.countDown, nowMs)],
    }),
    add_rule: ({ outlet, args, nowMs }) => {
      if (outlet.countDown !== undefined) throw new DeviceError('table is full')
      const id = outlet.newRuleId()
      outlet.countDown = read(id, args, nowMs)
      return { id }
    },
    edit_rule: ({ outlet, args, nowMs }) => {
      const id = existing(outlet, args)
      outlet.countDown = read(id, args, nowMs)
    },
    delete_rule: ({ outlet, args }) => {
      existing(outlet, args)
      outlet.countDown = undefined
    },
    delete_all_rules: ({ outlet }) => {
      outlet.countDown = undefined
    },
  },
})

function read(id: string, args: JsonObject, nowMs: number): CountDown {
  const delaySeconds = integerOf(args, 'delay', 0, longestDelay)
  return {
    id,
    name: typeof args['name'] === 'string' ? args['name'].slice(0, 63) : '',
    enabled: bitOf(args, 'enable') === 1,
    delaySeconds,
    turnsOn: bitOf(args, 'act') === 1,
    dueMs: nowMs + delaySeconds * 1000,
  }
}

function shown({ id, name, enabled, delaySeconds, turnsOn, dueMs }: CountDown, nowMs: number): JsonObject {
  const rule = { enable: enabled ? 1 : 0, id, name, delay: delaySeconds, act: turnsOn ? 1 : 0 }
  return enabled ? { ...rule, remain: Math.max(0, Math.ceil((dueMs - nowMs) / 1000)) } : rule
}

function existing({ countDown: timer }: Outlet, args: JsonObject): string {
  const id = textOf(args, 'id', 64)
  if (timer?.id !== id) throw new DeviceError('entry not exist')
  return id
}
