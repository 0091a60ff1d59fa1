import type { Json } from '../../../kernel/index.ts'
import type { Delivery, EndpointParts, Listening } from '../../core/index.ts'
import { underFault } from '../../core/index.ts'
import { isCloudErrorName } from '../cloud/errors.ts'
import type { Device } from '../devices/device.ts'
import type { DeviceProtocol } from '../devices/protocol.ts'
import { effectsSparing } from '../effects.ts'
import { isObject, parseJson } from '../json.ts'
import type { TplinkSeed } from '../seed.ts'
import type { LocalDevice, Transport } from './serve-device.ts'
import { serveDevice } from './serve-device.ts'

/** In fault plans and coverage: a request over TCP, and one over UDP, which is how devices are found. */
export const localOperations = { tcp: 'local', udp: 'discovery' } as const

/** Devices on the local network: the same ones as in the cloud, whether the cloud reaches them or not. */
export class LocalNetwork {
  readonly #parts: EndpointParts<TplinkSeed>
  readonly #protocol: DeviceProtocol
  readonly #find: (id: string) => Device | undefined

  constructor(parts: EndpointParts<TplinkSeed>, protocol: DeviceProtocol, find: (id: string) => Device | undefined) {
    this.#parts = parts
    this.#protocol = protocol
    this.#find = find
  }

  /** Serves every device whose seed says so, until it is disposed. */
  async listen(devices: readonly Device[]): Promise<Listening> {
    const servers: LocalDevice[] = []
    const close = async (): Promise<void> => {
      await Promise.all(servers.map(async (server) => server[Symbol.asyncDispose]()))
    }
    const facts = []
    try {
      for (const { id, alias, modelName, seed } of devices) {
        if (seed.local === undefined) continue
        const { host, port } = seed.local
        // A reset puts a new device in the old one's place, so it is looked up at every request.
        const server = await serveDevice(host, port, (text, transport) => this.answer(id, text, transport))
        servers.push(server)
        facts.push({ deviceId: id, alias, model: modelName, url: `tcp://${host}:${server.port}` })
      }
    } catch (error) {
      await close()
      throw error
    }
    return { facts: facts.length === 0 ? {} : { devices: facts }, [Symbol.asyncDispose]: close }
  }

  /** What a device answers to one request; what is no JSON object ends the connection. */
  answer(deviceId: string, text: string, transport: Transport): Delivery {
    const { clock, coverage, faults } = this.#parts
    return clock.request(true, () => {
      const device = this.#find(deviceId)
      const request = parseJson(text)
      if (device === undefined || device.isAway || !isObject(request)) return { kind: 'reset' }
      const operation = localOperations[transport]
      const commands = this.#protocol.operationsOf(device, request)
      const drawn = faults.draw({
        operation,
        also: commands,
        spared: effectsSparing([operation, ...commands]),
        resources: [device.id, device.alias],
        region: device.region,
        ...(device.owner !== undefined && { namespace: device.owner }),
      })
      coverage.count(operation)
      const fault = drawn?.wire === false ? drawn.rule.fault : undefined
      if (fault !== undefined && isCloudErrorName(fault)) return { kind: 'reset' }
      return underFault(drawn, () => {
        const answer = this.#protocol.execute(device, request, {
          nowMs: clock.now(),
          effect: drawn?.wire === false ? drawn.rule : undefined,
          count: (name, error) => coverage.count(name, error),
        })
        return { status: 200, fields: [], body: JSON.stringify(transport === 'udp' ? shortened(answer) : answer) }
      })
    })
  }
}

/** Over UDP a strip names its outlets by the last two characters of their ids. */
function shortened(answer: Json): Json {
  if (!isObject(answer) || !isObject(answer['system'])) return answer
  const { get_sysinfo: info } = answer['system']
  if (!isObject(info) || !Array.isArray(info['children'])) return answer
  // An array of JSON is an array of JSON; isArray alone does not know.
  const children = (info['children'] as readonly Json[]).map((child) =>
    isObject(child) && typeof child['id'] === 'string' ? { ...child, id: child['id'].slice(-2) } : child,
  )
  return { ...answer, system: { ...answer['system'], get_sysinfo: { ...info, children } } }
}
