/** What came of a command on a machine. */
export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface ExecOptions {
  readonly user?: string
  readonly env?: Readonly<Record<string, string>>
  readonly workingDirectory?: string
  /** Milliseconds until it is ended; a virtual machine ends a command after a minute unless told otherwise. */
  readonly deadlineMs?: number
}

/** One host, whatever it runs in. What more it can do is an ability, below. */
export interface Machine {
  readonly name: string
  /** How many times longer it takes for its work than a plain host; time limits are multiplied by it. 1 unless said. */
  readonly slowness?: number
  readonly exec: (command: readonly [string, ...string[]], options?: ExecOptions) => Promise<ExecResult>
  readonly readFile: (path: string) => Promise<Uint8Array>
  readonly writeFile: (path: string, content: string | Uint8Array) => Promise<void>
  /** What its processes wrote to the console so far, oldest first. */
  readonly logs: () => Promise<string>
  /** Where a port of it answers from here, now. A restart may change it. */
  readonly address: (port: number) => Promise<{ readonly host: string; readonly port: number }>
}

/** Goes down in order and comes back with its disks as they were. */
export interface Rebootable {
  /** Resolves when the machine is up again. */
  readonly reboot: () => Promise<void>
}

/** Its processes can be ended without a word to them, and started again. */
export interface Killable {
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
}

/** Its processes can be frozen: connections stay open and nothing answers. */
export interface Pausable {
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
}

/** It can be cut off from its network and joined again. */
export interface Partitionable {
  readonly disconnect: () => Promise<void>
  readonly reconnect: () => Promise<void>
}

/** A container: all that one can do. */
export type ContainerMachine = Machine & Killable & Pausable & Partitionable
