import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const rootLineDiffers = rule({
  id: 'boot/root-line-differs',
  level: 'error',
  reference: fstabManual,
  says: ({ line, spec, told }: { line: number; spec: string; told: string }) =>
    `Line ${line} of /etc/fstab has ${spec} as the root, and the boot menu tells the kernel root=${told}.`,
  wants: 'fstab and the boot menu name the same root.',
  remedy: 'Correct the line from `findmnt /`, then update-grub: with a wrong one the root is never made writable.',
})

/** The line of the root, held against what the kernel is told: when they differ, the root stays read-only. */
export const rootLine = staticCheck({
  id: 'boot/root-line',
  rules: [rootLineDiffers],
  *run({ files: { fstab, boot } }) {
    const line = fstab?.lines.find(({ target }) => target === '/')
    const told = boot.entries?.[0]?.arguments.find((each) => each.startsWith('root='))?.slice('root='.length)
    if (line === undefined || told === undefined) return
    // Names of different kinds can stand for the same disk: only the same kind can be compared.
    const kindOf = (spec: string): string => (spec.includes('=') ? spec.slice(0, spec.indexOf('=')) : 'device')
    const comparable = kindOf(line.spec) === kindOf(told)
    if (comparable && line.spec.toLowerCase() !== told.toLowerCase()) {
      yield rootLineDiffers.at(`/etc/fstab:${line.line}`, { line: line.line, spec: line.spec, told })
    }
  },
  examples: [
    { title: 'the same', given: hostWith('UUID=1-2', 'UUID=1-2'), yields: [] },
    { title: 'one by UUID, one by device', given: hostWith('UUID=1-2', '/dev/vda1'), yields: [] },
    { title: 'another UUID', given: hostWith('UUID=1-3', 'UUID=1-2'), yields: [rootLineDiffers] },
  ],
})

function hostWith(spec: string, root: string): StaticObservation {
  const entry = {
    title: 'Debian',
    linux: '/vmlinuz-6.1',
    initrd: '/initrd.img-6.1',
    arguments: [`root=${root}`, 'ro'],
    line: 1,
  }
  return sketch({ fstab: `${spec} / ext4 rw 0 1\n`, boot: { entries: [entry] } })
}
