import type { JsonObject } from '../../../kernel/index.ts'
import { discover } from '../../../discover.ts'
import type { Delivery, EndpointParts, FaultRule, MockReply, MockRequest } from '../../core/index.ts'
import { underFault } from '../../core/index.ts'
import type { Device } from '../devices/device.ts'
import type { DeviceProtocol } from '../devices/protocol.ts'
import type { TplinkSeed } from '../seed.ts'
import type { Accounts } from './accounts.ts'
import type { CloudMethod } from './cloud-method.ts'
import { isCloudMethod } from './cloud-method.ts'
import { CloudError, cloudErrors, isCloudErrorName } from './errors.ts'
import { effectsSparing } from '../effects.ts'
import { requestData } from './methods/passthrough.ts'
import type { CloudRequest } from './read-request.ts'
import { readRequest, UnknownMethod } from './read-request.ts'
import { verifySigned } from './signing.ts'

export interface CloudState {
  readonly accounts: Accounts
  readonly devices: () => readonly Device[]
}

/** Every method of the cloud, by name. */
export async function loadCloudMethods(): Promise<ReadonlyMap<string, CloudMethod>> {
  const found = await discover(new URL('methods/', import.meta.url), isCloudMethod)
  return new Map(found.map(({ thing }) => [thing.name, thing]))
}

/** The cloud's web service: JSON over POST, errors in the body and 200 in the status line. */
export class Cloud {
  readonly #parts: EndpointParts<TplinkSeed>
  readonly #state: CloudState
  readonly #methods: ReadonlyMap<string, CloudMethod>
  readonly #protocol: DeviceProtocol

  constructor(
    parts: EndpointParts<TplinkSeed>,
    state: CloudState,
    methods: ReadonlyMap<string, CloudMethod>,
    protocol: DeviceProtocol,
  ) {
    this.#parts = parts
    this.#state = state
    this.#methods = methods
    this.#protocol = protocol
  }

  answer(request: MockRequest): Delivery {
    const { clock, coverage, seed, signatures } = this.#parts
    return clock.request(true, () => {
      try {
        const read = readRequest(request, this.#methods)
        if (signatures === 'strict') verifySigned(request, read.newer, seed.appKeys)
        return this.#underFault(request, read)
      } catch (error) {
        if (!(error instanceof CloudError)) throw error
        if (error instanceof UnknownMethod) coverage.count(error.given)
        return { kind: 'reply', reply: failed(error) }
      }
    })
  }

  #underFault(request: MockRequest, read: CloudRequest): Delivery {
    const { faults, coverage } = this.#parts
    const { name } = read.method
    const device = this.#deviceOf(read)
    const commands = device === undefined ? [] : this.#commandsOf(device, read)
    const namespace = this.#namespaceOf(read)
    const drawn = faults.draw({
      operation: name,
      also: commands,
      spared: effectsSparing([name, ...commands]),
      resources: device === undefined ? [] : [device.id, device.alias],
      ...(device !== undefined && { region: device.region }),
      ...(namespace !== undefined && { namespace }),
    })
    const fault = drawn?.rule.fault
    if (fault !== undefined && isCloudErrorName(fault)) {
      coverage.count(name, fault)
      return { kind: 'reply', reply: failed(new CloudError(fault)) }
    }
    return underFault(drawn, () => this.#carryOut(request, read, drawn?.wire === false ? drawn.rule : undefined))
  }

  #carryOut(request: MockRequest, read: CloudRequest, effect: FaultRule | undefined): MockReply {
    const { clock, coverage, seed } = this.#parts
    const { accounts } = this.#state
    const { method, token } = read
    try {
      const result = method.run({
        ...read,
        request,
        seed,
        accounts,
        effect: effect?.fault,
        devices: this.#state.devices(),
        session() {
          if (token === undefined || token === '') throw new CloudError('token-expired')
          return accounts.session(token)
        },
        ask: (device, asked) =>
          this.#protocol.execute(device, asked, {
            nowMs: clock.now(),
            effect,
            count: (operation, error) => coverage.count(operation, error),
          }),
      })
      coverage.count(method.name)
      return ok(result)
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      coverage.count(method.name, error.kind)
      return failed(error)
    }
  }

  #deviceOf({ params: { deviceId } }: CloudRequest): Device | undefined {
    return this.#state.devices().find(({ id }) => id === deviceId)
  }

  #commandsOf(device: Device, { method, params }: CloudRequest): string[] {
    if (method.name !== 'passthrough') return []
    try {
      return this.#protocol.operationsOf(device, requestData(params['requestData']))
    } catch {
      // What cannot be read has no commands; carrying it out says what is wrong with it.
      return []
    }
  }

  #namespaceOf({ token, params: { cloudUserName } }: CloudRequest): string | undefined {
    const { accounts } = this.#state
    if (typeof cloudUserName === 'string') return accounts.find(cloudUserName)?.seed.email
    return token === undefined ? undefined : accounts.ownerOf(token)
  }
}

const json = [['Content-Type', 'application/json;charset=UTF-8']] as const

function ok(result: JsonObject): MockReply {
  return { status: 200, fields: json, body: JSON.stringify({ error_code: 0, result }) }
}

function failed({ kind, result }: CloudError): MockReply {
  const { code, msg } = cloudErrors[kind]
  return { status: 200, fields: json, body: JSON.stringify({ error_code: code, msg, ...(result && { result }) }) }
}
