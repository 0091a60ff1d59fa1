/** How to know that a container is ready. Ports are the container's own. */
export type WaitSpec =
  /** Something listens on the port, on more than loopback. */
  | { readonly port: number }
  /** A GET of the path is answered with the status; without one, with any below 400. */
  | { readonly http: string; readonly port?: number; readonly status?: number; readonly scheme?: 'http' | 'https' }
  /** The text stands in what the container wrote since it was started. */
  | { readonly log: string }
  /** The command, run inside, exits with 0. */
  | { readonly command: readonly [string, ...string[]] }

export interface FileContent {
  readonly content: string | Uint8Array
  /** Such as 0o755; 0o644 when left out. */
  readonly mode?: number
}

/** What a container is to be. */
export interface ContainerSpec {
  /** Its name among the parts; an alias on its network. */
  readonly name: string
  /** Tag of an image, as from `buildImage`. */
  readonly image: string
  /** Ports to publish, on loopback. */
  readonly ports?: readonly number[]
  readonly env?: Readonly<Record<string, string>>
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  /** Absolute path in the container to content; written before the first process starts. */
  readonly files?: Readonly<Record<string, string | Uint8Array | FileContent>>
  /** Name of a network of the run. */
  readonly network?: string
  /** Id of a container whose network it has as its own: same addresses, same loopback, no ports to publish. */
  readonly networkOf?: string
  /** More names on the network. */
  readonly aliases?: readonly string[]
  /** The first port listens, when there is one; else the container runs. */
  readonly wait?: WaitSpec
  /** Milliseconds until it must be ready; 60 000 when left out. */
  readonly startupMs?: number
  /** Absolute path to size in bytes. */
  readonly tmpfs?: Readonly<Record<string, number>>
  /** Absolute path to the name of a volume, as from `createVolume`. */
  readonly volumes?: Readonly<Record<string, string>>
  /** Linux capabilities without the `CAP_`: `NET_ADMIN`. */
  readonly capabilities?: readonly string[]
  /** Kernel settings of its own namespaces, by name: `net.ipv4.tcp_fin_timeout`. */
  readonly sysctls?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  readonly user?: string
}

/** What a systemd or a virtual machine needs beyond that; not for people to set. @internal */
export interface EngineExtras {
  readonly securityOptions?: readonly string[]
  readonly privateCgroup?: boolean
  readonly binds?: readonly string[]
  readonly tmpfsOptions?: Readonly<Record<string, string>>
  readonly terminal?: boolean
  readonly stopSignal?: string
  /** Devices of the host, under their own names. */
  readonly devices?: readonly string[]
}
