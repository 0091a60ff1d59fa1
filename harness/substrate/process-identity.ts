import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Who started something. The start time tells a process from a later one with the same number;
 * boot and process namespace say whether this process can see it at all.
 */
export interface ProcessIdentity {
  readonly pid: number
  readonly started: string
  readonly boot: string
  readonly namespace: string
  /** The machine, the same after a reboot. */
  readonly host: string
}

/**
 * What is known of an owner: it runs, it is gone, it ran before this machine's last boot, or it
 * cannot be seen from here.
 */
export type OwnerState = 'alive' | 'gone' | 'before-boot' | 'elsewhere'

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startTime(process.pid) ?? 'unknown', ...ownPlace() }
}

/**
 * Looks whether an owner still runs. One from another machine, or from another process
 * namespace of this one, is `elsewhere`: nobody here may judge it.
 */
export function ownerState(owner: ProcessIdentity): OwnerState {
  const { host, boot, namespace } = ownPlace()
  if (owner.host !== host) return 'elsewhere'
  if (owner.boot !== boot) return 'before-boot'
  if (owner.namespace !== namespace) return 'elsewhere'
  return startTime(owner.pid) === owner.started ? 'alive' : 'gone'
}

/** When a process started, as its system counts it; undefined when there is none. */
function startTime(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readOrUndefined(`/proc/${pid}/stat`)
    // The name in the second field may hold spaces and brackets, so fields count from its end.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
    // proc(5): field 3 is the state, field 22 the start time in ticks since boot. A zombie is gone.
    return fields === undefined || fields[0] === 'Z' ? undefined : fields[19]
  }
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return text === '' ? undefined : text.replaceAll(' ', '_')
  } catch {
    return undefined
  }
}

function ownPlace(): Pick<ProcessIdentity, 'host' | 'boot' | 'namespace'> {
  return {
    host: short(`${hostname()} ${readOrUndefined('/etc/machine-id') ?? ''}`),
    boot: short(readOrUndefined('/proc/sys/kernel/random/boot_id') ?? 'unknown'),
    namespace: process.platform === 'linux' ? short(readlinkSync('/proc/self/ns/pid')) : 'only',
  }
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}
