import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { swaponManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const swapLineFile = rule({
  id: 'boot/swap-line-file',
  level: 'error',
  reference: swaponManual,
  says: ({ line, path, what }: { line: number; path: string; what: string }) =>
    `Line ${line} of /etc/fstab swaps to ${path}, which ${what}.`,
  wants: 'A swap file that is there and not empty.',
  remedy: 'Make it, mkswap it, chmod 0600 it; or take the line away.',
})

export const swapLineOpen = rule({
  id: 'boot/swap-line-open',
  level: 'warning',
  reference: swaponManual,
  says: ({ line, path, mode }: { line: number; path: string; mode: string }) =>
    `Line ${line} of /etc/fstab swaps to ${path}, which has mode ${mode}: others can read what was in memory.`,
  wants: 'Mode 0600.',
  remedy: 'chmod 0600 it.',
})

export const swapLineTwice = rule({
  id: 'boot/swap-line-twice',
  level: 'error',
  reference: swaponManual,
  says: ({ line, first, spec }: { line: number; first: number; spec: string }) =>
    `Lines ${first} and ${line} of /etc/fstab both turn on the swap ${spec}.`,
  wants: 'One line a swap: the second one fails at each boot.',
  remedy: 'Take one of the lines away.',
})

export const swapLineMixed = rule({
  id: 'boot/swap-line-mixed',
  level: 'error',
  reference: swaponManual,
  says: ({ line, target, type }: { line: number; target: string; type: string }) =>
    `Line ${line} of /etc/fstab has the type ${type} and the mount point ${target}.`,
  wants: 'Swap has the type swap and the mount point none; nothing else has either.',
  remedy: 'Correct the field that is wrong.',
})

/** Lines that turn swap on. */
export const swapLine = staticCheck({
  id: 'boot/swap-line',
  rules: [swapLineFile, swapLineOpen, swapLineTwice, swapLineMixed],
  *run({ files: { fstab, paths } }) {
    const first = new Map<string, number>()
    const targets = (fstab?.lines ?? []).map(({ target }) => target).filter((each) => each.length > 1)
    for (const { line, spec, source, type, target } of fstab?.lines ?? []) {
      const [at, swap] = [`/etc/fstab:${line}`, type === 'swap']
      if (swap ? target.startsWith('/') : target === 'none' || target === 'swap') {
        yield swapLineMixed.at(at, { line, target, type })
      }
      if (!swap) continue
      const before = first.get(spec)
      if (before !== undefined) yield swapLineTwice.at(at, { line, first: before, spec })
      first.set(spec, before ?? line)
      const elsewhere = targets.some((each) => source.value.startsWith(`${each}/`))
      if (source.kind !== 'path' || elsewhere || !paths.has(source.value)) continue
      const file = paths.get(source.value)
      if (file === undefined || file.kind !== 'file' || file.size === 0) {
        const what = file === undefined ? 'is not there' : file.kind === 'file' ? 'is empty' : 'is no file'
        yield swapLineFile.at(at, { line, path: source.value, what })
      } else if ((file.mode & 0o077) !== 0) {
        const mode = file.mode.toString(8).padStart(4, '0')
        yield swapLineOpen.at(at, { line, path: source.value, mode })
      }
    }
  },
  examples: [
    {
      title: 'a partition and a file',
      given: sketch({
        fstab: 'UUID=1 none swap sw 0 0\n/swap none swap sw 0 0\n',
        paths: { '/swap': { mode: 0o600 } },
      }),
      yields: [],
    },
    {
      title: 'a file that is not there',
      given: sketch({ fstab: '/swap none swap sw 0 0\n', paths: { '/swap': undefined } }),
      yields: [swapLineFile],
    },
    {
      title: 'a file that others read',
      given: sketch({ fstab: '/swap none swap sw 0 0\n', paths: { '/swap': { mode: 0o644 } } }),
      yields: [swapLineOpen],
    },
    {
      title: 'twice',
      given: sketch({ fstab: 'UUID=1 none swap sw 0 0\nUUID=1 none swap sw 0 0\n' }),
      yields: [swapLineTwice],
    },
    { title: 'swap at a folder', given: sketch({ fstab: 'UUID=1 /srv swap sw 0 0\n' }), yields: [swapLineMixed] },
    { title: 'a file system at none', given: sketch({ fstab: 'UUID=1 none ext4 rw 0 2\n' }), yields: [swapLineMixed] },
  ],
})
