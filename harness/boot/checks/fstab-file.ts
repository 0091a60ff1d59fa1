import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const fstabFileReturns = rule({
  id: 'boot/fstab-file-returns',
  level: 'error',
  reference: fstabManual,
  says: ({ line, count }: { line: number; count: number }) =>
    `Line ${line} of /etc/fstab ends with a carriage return${count > 1 ? `, as ${count - 1} more do` : ''}.`,
  wants: 'Lines that end with a line feed alone.',
  remedy: String.raw`sed -i 's/\r$//' /etc/fstab: it was written on another system, and the last field has one character more.`,
})

export const fstabFileUnended = rule({
  id: 'boot/fstab-file-unended',
  level: 'warning',
  reference: fstabManual,
  says: ({ line }: { line: number }) => `Line ${line} of /etc/fstab, the last one, does not end.`,
  wants: 'A line feed after the last line: what is appended next becomes a part of that line.',
  remedy: 'End it with a line feed: echo >>/etc/fstab.',
})

export const fstabFileLong = rule({
  id: 'boot/fstab-file-long',
  level: 'error',
  reference: fstabManual,
  says: ({ bytes }: { bytes: number }) => `/etc/fstab has ${bytes} bytes, and only the beginning was looked at.`,
  wants: 'A file of some lines.',
  remedy: 'Look what writes it: something appends to it again and again.',
})

export const fstabFileEmpty = rule({
  id: 'boot/fstab-file-empty',
  level: 'error',
  reference: fstabManual,
  says: ({ what }: { what: string }) => `/etc/fstab ${what}, and the kernel is told to mount the root read-only.`,
  wants: 'A line for the root: without it nobody makes the root writable.',
  remedy: 'Put the line of the root back, as `findmnt /` tells it.',
})

/** The file as a whole. */
export const fstabFile = staticCheck({
  id: 'boot/fstab-file',
  rules: [fstabFileReturns, fstabFileUnended, fstabFileLong, fstabFileEmpty],
  *run({ files: { fstab, boot, units } }) {
    const [first] = fstab?.returns ?? []
    if (first !== undefined && fstab !== undefined) {
      yield fstabFileReturns.at(`/etc/fstab:${first}`, { line: first, count: fstab.returns.length })
    }
    if (fstab?.unended !== undefined) yield fstabFileUnended.at(`/etc/fstab:${fstab.unended}`, { line: fstab.unended })
    if (fstab?.longer !== undefined) yield fstabFileLong.at('/etc/fstab', { bytes: fstab.longer })
    const told = boot.entries?.[0]?.arguments ?? []
    const hasRoot =
      fstab?.lines.some(({ target }) => target === '/') === true || units.byName.get('-.mount') !== undefined
    if (told.includes('ro') && !told.includes('rw') && !hasRoot) {
      yield fstabFileEmpty.at('/etc/fstab', { what: fstab === undefined ? 'is not there' : 'has no line for the root' })
    }
  },
  examples: [
    { title: 'as it should be', given: sketch({ fstab: 'UUID=1 / ext4 rw 0 1\n' }), yields: [] },
    { title: 'nothing at all', given: sketch({ fstab: '' }), yields: [] },
    { title: 'from another system', given: sketch({ fstab: 'UUID=1 / ext4 rw 0 1\r\n' }), yields: [fstabFileReturns] },
    { title: 'without an end', given: sketch({ fstab: 'UUID=1 / ext4 rw 0 1' }), yields: [fstabFileUnended] },
    {
      title: 'longer than anybody writes',
      given: sketch({ fstab: '# comment\n'.repeat(120_000) }),
      yields: [fstabFileLong],
    },
    {
      title: 'no root, and the kernel is told ro',
      given: sketch({
        fstab: 'UUID=1 /x ext4 rw 0 2\n',
        boot: { entries: [{ title: 'x', linux: '/v', initrd: '/i', arguments: ['root=UUID=1', 'ro'], line: 1 }] },
      }),
      yields: [fstabFileEmpty],
    },
  ],
})
