import { SeatrialError } from '../../kernel/index.ts'

/** Something that was asked of a host: what it is, or why nobody can tell. */
export type Part<T> = { readonly known: T } | { readonly unknown: string }

/** A mount as the kernel has it, from /proc/self/mountinfo. */
export interface LiveMount {
  readonly at: string
  /** As the kernel tells it: a device, `tmpfs`, `server:/export`. */
  readonly source: string
  /** Device node behind it, such as /dev/vda1; undefined where there is none. */
  readonly device?: string
  /** What of its file system is mounted: `/`, or the folder that was bound. */
  readonly root: string
  readonly type: string
  /** Those of the mount and those of its file system; `ro` when either is read-only, never both `ro` and `rw`. */
  readonly options: readonly string[]
}

/** A software array, from /proc/mdstat. */
export interface LiveArray {
  /** Such as /dev/md127. */
  readonly device: string
  /** Other names that lead to it, such as /dev/md/data. */
  readonly names: readonly string[]
  readonly state: string
  readonly members: readonly string[]
  /** One letter a member, `U` up and `_` gone: `UU`; undefined for levels that have none. */
  readonly health?: string
}

/** A unit, in systemd's own words. */
export interface LiveUnit {
  readonly name: string
  /** loaded, not-found, masked, bad-setting, error. */
  readonly load: string
  /** active, inactive, failed, activating. */
  readonly active: string
  readonly sub: string
  /** enabled, disabled, static, masked; empty where there is no file. */
  readonly enabled: string
  readonly result: string
  /** Of a oneshot that does not remain: it ran in this boot, so that inactive is how it ends well. */
  readonly ran: boolean
  /** How often systemd has started it again by itself. */
  readonly restarts: number
}

/** A start job of this boot that did not simply end well at once. */
export interface LiveJob {
  readonly unit: string
  /** done, timeout, dependency, failed. */
  readonly result: string
  /** From its start; undefined where systemd tells none, as of a device that never came. */
  readonly seconds?: number
  readonly message: string
}

/** A path of data, as one sum over sorted names, modes, owners and contents. */
export interface LiveData {
  readonly path: string
  /** Undefined when there is no such path. */
  readonly sha256: string | undefined
  readonly files: number
}

/** What a declared command answered. */
export interface LiveAnswer {
  readonly command: string
  /** 124 when it was ended after 30 seconds. */
  readonly exitCode: number
  /** What it wrote, errors too; the first 2000 bytes. */
  readonly output: string
  /** Sum over all that it wrote. */
  readonly sum: string
}

export interface LivePort {
  readonly port: number
  /** Answers only on 127.0.0.0/8 or ::1. */
  readonly loopback: boolean
}

/** systemd's own word about the whole. */
export interface LiveSystem {
  /** initializing, starting, running, degraded, maintenance, stopping, offline. */
  readonly state: string
  readonly defaultTarget: string
  /** Targets that are active. */
  readonly targets: readonly string[]
  /** Jobs that wait or run. */
  readonly jobs: number
}

/** What a host said of itself while it ran, as plain data. */
export interface LiveHost {
  /** Kind of container it is, such as docker; undefined for a machine. */
  readonly container: string | undefined
  /** Another one after each boot, in a container too. */
  readonly bootId: Part<string>
  readonly system: Part<LiveSystem>
  readonly mounts: Part<readonly LiveMount[]>
  /** Names of devices by tag and by link, such as `UUID=...` and /dev/md/data, to the device. */
  readonly names: Part<Readonly<Record<string, string>>>
  /** Device or file of each swap that is on. */
  readonly swaps: Part<readonly string[]>
  readonly arrays: Part<readonly LiveArray[]>
  /** Names in /dev/mapper. */
  readonly mapped: Part<readonly string[]>
  /** Those of them that are encrypted volumes. */
  readonly opened: Part<readonly string[]>
  /** Those that are declared, in that order, and those that failed. */
  readonly units: Part<readonly LiveUnit[]>
  /** Start jobs of this boot that took a second or more, or did not end well. */
  readonly jobs: Part<readonly LiveJob[]>
  /** TCP ports on which something listens. */
  readonly ports: Part<readonly LivePort[]>
  /** Of each declared setting its value; one that does not exist is left out. */
  readonly kernel: Part<Readonly<Record<string, string>>>
  readonly hostname: Part<{ readonly kernel: string; readonly file: string | undefined }>
  readonly data: Part<readonly LiveData[]>
  /** Of each declared temporary path some of the names in it. */
  readonly temporary: Part<Readonly<Record<string, readonly string[]>>>
  /** Of each declared command what it answered. */
  readonly answers: Part<readonly LiveAnswer[]>
  /** Seconds since the epoch. */
  readonly clock: Part<number>
  /** Rules without counters; undefined where the host has neither nft nor iptables. */
  readonly firewall: Part<string | undefined>
  /** Lines of /etc/fstab that are no comment; 0 without one. */
  readonly fstabLines: Part<number>
  /** What starts by itself and is active; only when it was asked for. */
  readonly started: Part<readonly string[]>
  /** Version of each package that is installed, by its name; only when it was asked for. */
  readonly packages: Part<Readonly<Record<string, string>>>
}

/**
 * A part that a check cannot do without.
 *
 * @throws SeatrialError `SEATRIAL_NOT_TOLD` (unsettled: unsupported) when the host did not tell it
 */
export function known<T>(part: Part<T>, what: string): T {
  if ('known' in part) return part.known
  throw notTold(what, part.unknown)
}

export function notTold(what: string, why: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NOT_TOLD', `${what} cannot be told: ${why}`, {
    mend: /container/.test(why)
      ? 'Look at it in the machine lane (boot.machines), which has a kernel and disks of its own.'
      : 'Give the host what is missing, or declare it no more.',
    because: 'unsupported',
  })
}
