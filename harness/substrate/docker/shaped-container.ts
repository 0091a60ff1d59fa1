import type { ContainerRuntimeClient } from 'testcontainers'
import { GenericContainer, getContainerRuntimeClient } from 'testcontainers'
import type { ContainerSpec, EngineExtras } from './container-spec.ts'

/**
 * The only file that imports Testcontainers; reached through `testcontainers()`, which loads it
 * at the first use.
 */

/** The engine's client library, as Testcontainers holds it. */
export type Dockerode = ContainerRuntimeClient['container']['dockerode']

export async function dockerode(): Promise<Dockerode> {
  return (await getContainerRuntimeClient()).container.dockerode
}

/** Where published ports answer: 127.0.0.1, unless the engine is another machine or we are in a container. */
export async function portsHost(): Promise<string> {
  return (await getContainerRuntimeClient()).info.containerRuntime.host
}

/** A GenericContainer with what that class has no option for: loopback ports, one network only, systemd's needs. */
export class ShapedContainer extends GenericContainer {
  readonly #created: (id: string) => void

  constructor(spec: ContainerSpec, extras: EngineExtras, onLoopback: boolean, created: (id: string) => void) {
    super(spec.image)
    this.#created = created
    this.withExposedPorts(...(spec.ports ?? []))
    // The engine's default is all interfaces, and a test subject is nobody else's business.
    const address = onLoopback ? { HostIp: '127.0.0.1' } : {}
    this.hostConfig.PortBindings = Object.fromEntries(
      (spec.ports ?? []).map((port) => [`${port}/tcp`, [{ ...address, HostPort: '0' }]]),
    )
    this.hostConfig.Tmpfs = {
      ...Object.fromEntries(Object.entries(spec.tmpfs ?? {}).map(([path, bytes]) => [path, `rw,size=${bytes}`])),
      ...extras.tmpfsOptions,
    }
    if (spec.sysctls !== undefined) this.hostConfig.Sysctls = { ...spec.sysctls }
    if (spec.capabilities !== undefined) this.withAddedCapabilities(...spec.capabilities)
    if (extras.securityOptions !== undefined) this.withSecurityOpt(...extras.securityOptions)
    const volumes = Object.entries(spec.volumes ?? {}).map(([path, volume]) => `${volume}:${path}`)
    if (extras.binds !== undefined || volumes.length > 0) this.hostConfig.Binds = [...(extras.binds ?? []), ...volumes]
    if (extras.devices !== undefined) {
      this.hostConfig.Devices = extras.devices.map((path) => ({
        PathOnHost: path,
        PathInContainer: path,
        CgroupPermissions: 'rwm',
      }))
    }
    // The typed HostConfig lacks this field of the engine's API (1.41).
    if (extras.privateCgroup === true) Object.assign(this.hostConfig, { CgroupnsMode: 'private' })
    this.createOpts.Tty = extras.terminal === true
    if (extras.stopSignal !== undefined) this.createOpts.StopSignal = extras.stopSignal
    if (spec.network !== undefined) {
      // With withNetworkAliases the container would sit on the default bridge as well, and a
      // partition would leave it reachable there.
      this.withNetworkMode(spec.network)
      const aliases = [spec.name, ...(spec.aliases ?? [])]
      this.createOpts.NetworkingConfig = { EndpointsConfig: { [spec.network]: { Aliases: aliases } } }
    }
    if (spec.networkOf !== undefined) this.withNetworkMode(`container:${spec.networkOf}`)
    // Its reaper is off, but asking for it takes a lock file in the temporary folder that a killed run keeps locked.
    this.withAutoCleanup(false)
    // Ready is for our own waits to say: they name what they wait for and see a container that died.
    this.withWaitStrategy(atOnce)
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.#created(id)
  }
}

const atOnce = {
  waitUntilReady: async (): Promise<void> => undefined,
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => false,
  getStartupTimeout: () => 0,
}
