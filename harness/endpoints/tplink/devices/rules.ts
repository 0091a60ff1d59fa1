import type { Json, JsonObject } from '../../../kernel/index.ts'
import { DeviceError } from './device-error.ts'
import type { DeviceMethod } from './device-module.ts'
import { textOf } from './device-module.ts'
import type { Outlet, StoredRule } from './outlet.ts'

/** As many rules as a device keeps. */
const tableSize = 31

type Table = 'schedule' | 'antiTheft'

/** The methods that a module with a table of rules has: they keep rules as they were sent. */
export function ruleTable(table: Table): Readonly<Record<string, DeviceMethod>> {
  return {
    add_rule: ({ outlet, args }) => {
      if (Object.keys(args).length === 0) throw new DeviceError('invalid argument')
      if (outlet[table].length >= tableSize) throw new DeviceError('table is full')
      const rule: StoredRule = { ...kept(args), id: outlet.newRuleId() }
      outlet[table] = [...outlet[table], rule]
      return { id: rule.id }
    },
    edit_rule: ({ outlet, args }) => {
      const id = textOf(args, 'id', 64)
      existing(outlet, table, id)
      outlet[table] = outlet[table].map((rule) => (rule.id === id ? { ...rule, ...kept(args), id } : rule))
    },
    delete_rule: ({ outlet, args }) => {
      const id = textOf(args, 'id', 64)
      existing(outlet, table, id)
      outlet[table] = outlet[table].filter((rule) => rule.id !== id)
    },
    delete_all_rules: ({ outlet }) => {
      outlet[table] = []
    },
  }
}

function existing(outlet: Outlet, table: Table, id: string): JsonObject {
  const rule = outlet[table].find((each) => each.id === id)
  if (rule === undefined) throw new DeviceError('entry not exist')
  return rule
}

/** Longer values, and more of them, than any rule has. */
const longestText = 255
const mostValues = 32

/**
 * A rule as it is kept: flat, and with 1 and 0 where clients send true and false, in days of the week too.
 *
 * @throws DeviceError for what no device has room for
 */
function kept(args: JsonObject): JsonObject {
  const entries = Object.entries(args)
  if (entries.length > mostValues) throw new DeviceError('invalid argument')
  return Object.fromEntries(
    entries.map(([key, value]): [string, Json] => [
      key,
      // An array of JSON is an array of JSON; isArray alone does not know.
      Array.isArray(value) ? (value as readonly Json[]).slice(0, mostValues).map(scalar) : scalar(value),
    ]),
  )
}

function scalar(value: Json): Json {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number' || value === null) return value
  if (typeof value === 'string' && value.length <= longestText) return value
  throw new DeviceError('invalid argument')
}
