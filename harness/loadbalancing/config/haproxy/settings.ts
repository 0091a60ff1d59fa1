import type { Word } from '../source.ts'
import { durationOf } from './duration.ts'
import { effective, type Setting } from './inherit.ts'
import type { HaproxyConfig, HaproxySection } from './parse.ts'

/** A timeout in force. */
export interface Timeout {
  readonly setting: Setting
  /** Undefined when it is a variable, or not a time. */
  readonly milliseconds: number | undefined
}

/** `timeout NAME TIME`, or undefined where nobody set it, which means without end for most. */
export function timeout(config: HaproxyConfig, section: HaproxySection, name: string): Timeout | undefined {
  const setting = effective(config, section, 'timeout', name)
  if (setting === undefined) return undefined
  const value = setting.values[0]
  return { setting, milliseconds: value === undefined || value.expands === true ? undefined : durationOf(value.text) }
}

/** The line that switches an option on, or undefined when it is off: never said, said with `no`, or set back by `default`. */
export function option(config: HaproxyConfig, section: HaproxySection, name: string): Setting | undefined {
  const setting = effective(config, section, 'option', name)
  return setting?.directive.modifier === undefined ? setting : undefined
}

/** A setting that is a number, such as `maxconn`, `retries`, `fullconn`. */
export function count(
  config: HaproxyConfig,
  section: HaproxySection,
  name: string,
): { setting: Setting; value: number | undefined } | undefined {
  const setting = effective(config, section, name)
  if (setting === undefined) return undefined
  const text = setting.values[0]?.text ?? ''
  return { setting, value: /^\d+$/.test(text) ? Number(text) : undefined }
}

/** The line `balance`. */
export interface Balance {
  readonly setting: Setting
  /** `roundrobin`, `leastconn`, `uri`, `hdr(...)` ... */
  readonly algorithm: Word
  readonly arguments: readonly Word[]
}

export function balance(config: HaproxyConfig, section: HaproxySection): Balance | undefined {
  const setting = effective(config, section, 'balance')
  const [algorithm, ...rest] = setting?.values ?? []
  return setting === undefined || algorithm === undefined ? undefined : { setting, algorithm, arguments: rest }
}

/** The line `cookie` of a proxy: configuration manual, section 4.2. */
export interface Cookie {
  readonly setting: Setting
  readonly name: Word
  readonly mode: 'rewrite' | 'insert' | 'prefix' | undefined
  /** `indirect`, `nocache`, `postonly`, `preserve`, `httponly`, `secure`, `dynamic`: those that are said. */
  readonly flags: readonly string[]
  /** `domain`, `maxidle`, `maxlife` and `attr` with their values, in the order of the line. */
  readonly values: readonly { readonly name: string; readonly value: Word }[]
}

const withValue: readonly string[] = ['domain', 'maxidle', 'maxlife', 'attr']

export function cookie(config: HaproxyConfig, section: HaproxySection): Cookie | undefined {
  const setting = effective(config, section, 'cookie')
  const [name, ...rest] = setting?.values ?? []
  if (setting === undefined || name === undefined) return undefined
  let mode: Cookie['mode']
  const flags: string[] = []
  const values: { name: string; value: Word }[] = []
  for (let at = 0; at < rest.length; at++) {
    const text = rest[at]?.text ?? ''
    const value = rest[at + 1]
    if (withValue.includes(text) && value !== undefined) {
      values.push({ name: text, value })
      at++
    } else if (text === 'rewrite' || text === 'insert' || text === 'prefix') mode = text
    else flags.push(text)
  }
  return { setting, name, mode, flags, values }
}
