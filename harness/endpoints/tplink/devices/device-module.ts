import type { JsonObject } from '../../../kernel/index.ts'
import type { Device } from './device.ts'
import { DeviceError } from './device-error.ts'
import type { Outlet } from './outlet.ts'

/** One method of one module, asked of a device. */
export interface DeviceCall {
  readonly device: Device
  /** The outlets that it is about: those of the request's context, else all; never empty. */
  readonly outlets: readonly Outlet[]
  /** The first of them, for methods that know one. */
  readonly outlet: Outlet
  /** Whether the request's context named outlets. */
  readonly named: boolean
  /** What was sent for the method; null and {} are the same. */
  readonly args: JsonObject
  readonly nowMs: number
  /** Reports success and does not switch. */
  readonly stuck: boolean
  /** Answers with the state before the last change. */
  readonly stale: boolean
}

/** Returns what stands beside err_code 0. @throws DeviceError */
export type DeviceMethod = (call: DeviceCall) => JsonObject | void

export interface DeviceModule {
  readonly deviceModule: true
  /** Its name in fault plans and in coverage. */
  readonly id: string
  /** The names under which a device has it; none when it does not. */
  readonly namesOn: (device: Device) => readonly string[]
  readonly methods: Readonly<Record<string, DeviceMethod>>
  /** Methods about the device as a whole: a context that names an outlet that is not there is nothing to them. */
  readonly wholeDevice?: readonly string[]
}

export function deviceModule(definition: Omit<DeviceModule, 'deviceModule'>): DeviceModule {
  return { deviceModule: true, ...definition }
}

export function isDeviceModule(value: unknown): value is DeviceModule {
  return typeof value === 'object' && value !== null && 'deviceModule' in value && value.deviceModule === true
}

/** Plugs and strips name a module by its id; bulbs have the same things under longer names. */
export function namesBy(plug: string | undefined, bulb: string | undefined) {
  return ({ model }: Device): readonly string[] => {
    const name = model.kind === 'bulb' || model.kind === 'light-strip' ? bulb : plug
    return name === undefined ? [] : [name]
  }
}

/** The firmware takes true for 1. */
export function bitOf(args: JsonObject, key: string): 0 | 1 {
  const value = args[key]
  if (value === 0 || value === false) return 0
  if (value === 1 || value === true) return 1
  throw new DeviceError('invalid argument')
}

export function integerOf(args: JsonObject, key: string, least: number, most: number): number {
  const value = args[key]
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new DeviceError('invalid argument')
}

export function textOf(args: JsonObject, key: string, longest: number): string {
  const value = args[key]
  if (typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= longest) return value
  throw new DeviceError('invalid argument')
}
