import { declaredState } from '../declared.ts'
import type { LiveObservation } from '../live-check.ts'
import type { LiveHost, LiveMount, LiveUnit, Part } from '../live/live-host.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import type { Written } from '../live/written.ts'

/** What an example gives of a host that runs, without the wrapping; `unknown` are parts that it could not tell. */
export type LiveSketch = {
  readonly [Name in Exclude<keyof LiveHost, 'container' | 'mounts' | 'units'>]?: LiveHost[Name] extends Part<infer T>
    ? T
    : never
} & {
  readonly mounts?: readonly (Partial<LiveMount> & { readonly at: string })[]
  readonly units?: readonly (Partial<LiveUnit> & { readonly name: string })[]
  readonly unknown?: Partial<Record<keyof LiveHost, string>>
}

export interface Lived {
  readonly declared?: Parameters<typeof declaredState.parse>[0]
  /** As `after` when left out; null: nobody looked. */
  readonly before?: LiveSketch | null
  /** Null: it did not answer. */
  readonly after?: LiveSketch | null
  readonly ended?: Partial<BootEnd>
  readonly console?: string
  readonly slowness?: number
  readonly remade?: LiveObservation['remade']
  readonly desktop?: LiveObservation['desktop']
  readonly repeated?: { readonly before: LiveSketch; readonly after: LiveSketch; readonly exitCode?: number }
  readonly written?: Written
}

/** An observation for the examples of a live check: a host that booted well, with what the example says of it. */
export function lived({
  declared,
  before,
  after = {},
  ended,
  console = '',
  slowness,
  remade,
  desktop,
  repeated,
  written,
}: Lived): LiveObservation {
  const first = before === undefined ? after : before
  return {
    declared: declaredState.parse(declared ?? {}),
    before: first === null ? undefined : hostLike(first),
    after: after === null ? undefined : hostLike(after),
    ended: { how: 'up', said: 'running', waitedMs: 10_000, ...ended },
    console,
    ...(slowness !== undefined && { slowness }),
    ...(remade !== undefined && { remade }),
    ...(desktop !== undefined && { desktop }),
    ...(written !== undefined && { written }),
    ...(repeated !== undefined && {
      repeated: {
        before: hostLike(repeated.before),
        after: hostLike(repeated.after),
        exitCode: repeated.exitCode ?? 0,
        output: '',
      },
    }),
  }
}

function hostLike({ unknown = {}, mounts = [], units = [], ...given }: LiveSketch): LiveHost {
  const parts = {
    bootId: '1',
    system: { state: 'running', defaultTarget: 'multi-user.target', targets: ['multi-user.target'], jobs: 0 },
    names: {},
    swaps: [],
    arrays: [],
    mapped: [],
    opened: [],
    jobs: [],
    ports: [],
    kernel: {},
    hostname: { kernel: 'host', file: 'host' },
    data: [],
    temporary: {},
    answers: [],
    clock: 1_800_000_000,
    firewall: undefined,
    fstabLines: 1,
    started: [],
    packages: {},
    mounts: [
      { at: '/', source: '/dev/vda1', root: '/', type: 'ext4', options: ['rw'] },
      ...mounts.map((each) => ({ source: '/dev/vdb', root: '/', type: 'ext4', options: ['rw'], ...each })),
    ],
    units: units.map((each) => ({
      load: 'loaded',
      active: 'active',
      sub: 'running',
      enabled: 'enabled',
      result: 'success',
      ran: false,
      restarts: 0,
      ...each,
    })),
    ...given,
  }
  const wrapped = Object.entries(parts).map(([name, value]) => {
    const why = unknown[name as keyof LiveHost]
    return [name, why === undefined ? { known: value } : { unknown: why }]
  })
  // Every part is named above, and wrapped as LiveHost has it.
  return { container: undefined, ...Object.fromEntries(wrapped) } as LiveHost
}
