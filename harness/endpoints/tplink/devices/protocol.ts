import type { Json, JsonObject } from '../../../kernel/index.ts'
import { discover } from '../../../discover.ts'
import type { FaultRule } from '../../core/index.ts'
import type { Device } from './device.ts'
import { DeviceError, deviceErrors } from './device-error.ts'
import type { DeviceErrorMessage } from './device-error.ts'
import type { DeviceMethod, DeviceModule } from './device-module.ts'
import { isDeviceModule } from './device-module.ts'
import type { Outlet } from './outlet.ts'
import { isObject } from '../json.ts'

/** How one request is carried out. */
export interface Execution {
  readonly nowMs: number
  /** The rule of the fault plan whose effect the request meets. */
  readonly effect?: Pick<FaultRule, 'fault' | 'operation'> | undefined
  /** Told of every method, with its error's words. */
  readonly count: (operation: string, error?: string) => void
}

/** Of a name that coverage keeps, however long a request makes it. */
const longestName = 100

/** What devices understand: modules with methods, several in one request. */
export class DeviceProtocol {
  readonly #modules: readonly DeviceModule[]

  constructor(modules: readonly DeviceModule[]) {
    this.#modules = modules
  }

  static async load(): Promise<DeviceProtocol> {
    const found = await discover(new URL('modules/', import.meta.url), isDeviceModule)
    return new DeviceProtocol(found.map(({ thing }) => thing))
  }

  /** `system.set_relay_state` and so on: every method of every module. */
  get operations(): string[] {
    return this.#modules.flatMap(({ id, methods }) => Object.keys(methods).map((name) => `${id}.${name}`))
  }

  /** The operations that a request asks a device for, in its order. */
  operationsOf(device: Device, request: JsonObject): string[] {
    return Object.entries(request).flatMap(([name, methods]) => {
      const module = this.#find(device, name)
      if (module === undefined || !isObject(methods)) return []
      return Object.keys(methods)
        .filter((method) => Object.hasOwn(module.methods, method))
        .map((method) => `${module.id}.${method}`)
    })
  }

  /**
   * Carries a request out. The answer has the request's order; `context` chooses outlets and is not answered. What a
   * device does not know is an error of that module or method, and the others are carried out all the same.
   */
  execute(device: Device, request: JsonObject, execution: Execution): JsonObject {
    device.settle()
    const chosen = outletsOf(device, request['context'])
    const answer: [name: string, answer: Json][] = []
    for (const [name, methods] of Object.entries(request)) {
      if (name === 'context') continue
      const module = this.#find(device, name)
      if (module === undefined) {
        const says = device.light === undefined ? 'module not support' : 'Module not support'
        for (const method of isObject(methods) ? Object.keys(methods) : [])
          execution.count(`${name}.${method}`.slice(0, longestName), says)
        answer.push([name, failure(says)])
        continue
      }
      const known = isObject(methods) ? this.#methods(module, device, chosen, methods, execution) : undefined
      answer.push([name, known ?? failure('invalid argument')])
    }
    return Object.fromEntries(answer)
  }

  #methods(
    module: DeviceModule,
    device: Device,
    chosen: Chosen,
    methods: JsonObject,
    { nowMs, effect: rule, count }: Execution,
  ): JsonObject {
    const answer: [name: string, answer: Json][] = []
    for (const [name, given] of Object.entries(methods)) {
      const operation = `${module.id}.${name}`.slice(0, longestName)
      // A rule that names a command is about that one alone; any other is about the whole request.
      const effect = rule?.operation.includes('.') === true && rule.operation !== operation ? undefined : rule?.fault
      try {
        const method = methodOf(module, name, device)
        if (effect === 'command-refused') throw new DeviceError('invalid argument')
        const whole = module.wholeDevice?.includes(name) === true
        const outlets = whole && 'error' in chosen ? device.outlets : outletsAsked(chosen)
        const [outlet] = outlets
        const call = { device, outlets, nowMs, named: !('error' in chosen) && chosen.named, args: argsOf(given) }
        const result =
          outlet === undefined
            ? {}
            : (method({ ...call, outlet, stuck: effect === 'relay-stuck', stale: effect === 'stale-sysinfo' }) ?? {})
        answer.push([name, { ...result, err_code: 0 }])
        count(operation)
      } catch (error) {
        if (!(error instanceof DeviceError)) throw error
        count(operation, error.says)
        answer.push([name, failure(error.says)])
      }
    }
    return Object.fromEntries(answer)
  }

  #find(device: Device, name: string): DeviceModule | undefined {
    return this.#modules.find((module) => module.namesOn(device).includes(name))
  }
}

type Chosen = { readonly outlets: readonly Outlet[]; readonly named: boolean } | { readonly error: DeviceErrorMessage }

/**
 * The outlets of `context.child_ids`; whole ids or their last two characters. Only strips have a use for it, and a
 * context of another shape is as none.
 */
function outletsOf(device: Device, context: Json | undefined): Chosen {
  if (device.model.kind !== 'strip' || !isObject(context) || !('child_ids' in context)) {
    return { outlets: device.outlets, named: false }
  }
  const ids = context['child_ids']
  if (!Array.isArray(ids)) return { error: 'invalid argument' }
  const outlets: Outlet[] = []
  for (const id of ids as readonly Json[]) {
    if (typeof id !== 'string') return { error: 'invalid argument' }
    const outlet = device.outlets.find((each) => each.id === id || each.id.slice(-2) === id)
    if (outlet === undefined) return { error: 'entry not exist' }
    outlets.push(outlet)
  }
  return { outlets, named: true }
}

function outletsAsked(chosen: Chosen): readonly Outlet[] {
  if ('error' in chosen) throw new DeviceError(chosen.error)
  return chosen.outlets
}

function methodOf(module: DeviceModule, name: string, { light }: Device): DeviceMethod {
  const method = Object.hasOwn(module.methods, name) ? module.methods[name] : undefined
  if (method === undefined) throw new DeviceError(light === undefined ? 'member not support' : 'Method not support')
  return method
}

function argsOf(given: Json): JsonObject {
  return isObject(given) ? given : {}
}

function failure(says: DeviceErrorMessage): JsonObject {
  return { err_code: deviceErrors[says], err_msg: says }
}
