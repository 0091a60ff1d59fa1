import type { z } from 'zod'
import type { declaredState } from './declared.ts'
import type { LiveHost, LiveMount, Part } from './live/live-host.ts'

/** What a host that runs would have to be declared as. */
export interface Learnt {
  readonly declared: z.input<typeof declaredState>
  /** What nobody can learn from looking, or could not here: a sentence each. */
  readonly untold: readonly string[]
}

/** Turns what a host is now into what must be there after its next boot. Only what a person would declare is taken. */
export function learn(host: LiveHost): Learnt {
  const untold: string[] = []
  const told = <T>(part: Part<T>, what: string, otherwise: T): T => {
    if ('known' in part) return part.known
    untold.push(`${what}: ${part.unknown}.`)
    return otherwise
  }
  // A boot mounts what does not depend on each other in any order; by path, a parent comes before its children.
  const mounts = told(host.mounts, 'mounts', []).toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const names = 'known' in host.names ? host.names.known : {}
  const started = told(host.started, 'services and timers', [])
  const ports = told(host.ports, 'ports', [])
  const short = ports.filter(({ port }) => port >= firstEphemeral).map(({ port }) => port)
  if (short.length > 0) untold.push(`ports ${short.join(', ')} are left out: the kernel may have chosen them.`)
  const failed = told(host.units, 'units', []).filter(({ active }) => active === 'failed')
  if (failed.length > 0) untold.push(`failed now: ${failed.map(({ name }) => name).join(', ')} (see allowFailed).`)
  const hostname = host.container === undefined ? told(host.hostname, 'hostname', undefined)?.kernel : undefined
  if (host.container !== undefined)
    untold.push(`hostname: that of a ${host.container} container is its engine's choice.`)
  const system = told(host.system, 'target', undefined)
  untold.push(...never)
  const swaps = told(host.swaps, 'swaps', []).map((source) => ({ source: byTag(source, names) }))
  const arrays = told(host.arrays, 'arrays', []).map(({ device }) => ({ device }))
  const encrypted = told(host.opened, 'encrypted', []).map((name) => ({ name }))
  const ofEnding = (ending: string): string[] => started.filter((unit) => unit.endsWith(ending))
  return {
    declared: {
      ...filled(
        'mounts',
        mounts.filter((mount) => isPeoples(mount, host)).map((mount) => declaredMount(mount, mounts, names)),
      ),
      ...filled('swaps', swaps),
      ...filled('arrays', arrays),
      ...filled('encrypted', encrypted),
      ...filled(
        'services',
        ofEnding('.service').map((unit) => ({ unit })),
      ),
      ...filled('timers', ofEnding('.timer')),
      ...filled(
        'ports',
        ports.map(({ port }) => port).filter((port) => port < firstEphemeral),
      ),
      ...(hostname !== undefined && { hostname }),
      ...(system !== undefined && { target: system.defaultTarget }),
    },
    untold,
  }
}

const firstEphemeral = 32_768

const never = [
  'kernel: settings that must outlive a boot nobody can tell from the others; name them.',
  'data: name the paths that a boot must leave as they were.',
  'temporary: name the paths that must be empty after a boot.',
]

function filled<Name extends string, T>(name: Name, list: readonly T[]): Partial<Record<Name, T[]>> {
  // A computed name is a string to the compiler, and here it is Name.
  return list.length === 0 ? {} : ({ [name]: [...list] } as Partial<Record<Name, T[]>>)
}

/** File systems that the kernel makes, or that somebody mounts while the host runs and no fstab names. */
const kernels =
  /^(?:proc|sysfs|cgroup2?|devtmpfs|devpts|mqueue|hugetlbfs|debugfs|tracefs|securityfs|pstore|bpf|efivarfs|configfs|fusectl|binfmt_misc|autofs|rpc_pipefs|nsfs|ramfs|squashfs|fuse\.\S+)$/
const kernelPlaces =
  /^\/(?:dev|proc|run|sys)(?:\/|$)|^\/(?:snap|var\/snap|var\/lib\/(?:docker|containers|containerd))\//
/** What an engine mounts into a container. */
const enginePlaces = /^\/(?:etc\/(?:hosts|hostname|resolv\.conf)|tmp)?$/

function isPeoples({ at, type }: LiveMount, { container }: LiveHost): boolean {
  if (kernels.test(type) || kernelPlaces.test(at)) return false
  return container === undefined || !enginePlaces.test(at)
}

type DeclaredMount = NonNullable<Learnt['declared']['mounts']>[number]

function declaredMount(
  mount: LiveMount,
  all: readonly LiveMount[],
  names: Readonly<Record<string, string>>,
): DeclaredMount {
  const options = mount.options.filter((option) => /^(?:ro|noexec|nosuid|nodev|noatime|size=.*)$/.test(option))
  const base = { at: mount.at, ...(options.length > 0 && { options }) }
  if (mount.root !== '/') return { ...base, source: boundFrom(mount, all) }
  const source = mount.source.startsWith('/dev/') ? byTag(mount.device ?? mount.source, names) : mount.source
  return { ...base, source, type: mount.type }
}

/** The folder that was bound, as a path of the host. */
function boundFrom(mount: LiveMount, all: readonly LiveMount[]): string {
  const whole = all.find((each) => each !== mount && each.source === mount.source && mount.root.startsWith(each.root))
  if (whole === undefined) return mount.source
  const inside = whole.root === '/' ? mount.root : mount.root.slice(whole.root.length)
  return `${whole.at === '/' ? '' : whole.at}${inside}` || '/'
}

/** A device by a name that stays: arrays and volumes have one, disks are known by what is on them. */
function byTag(device: string, names: Readonly<Record<string, string>>): string {
  const of = (start: string): string | undefined =>
    Object.keys(names).find((name) => name.startsWith(start) && names[name] === device)
  return of('/dev/mapper/') ?? of('/dev/md/') ?? of('UUID=') ?? of('LABEL=') ?? device
}
