import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const fstabOrderTwice = rule({
  id: 'boot/fstab-order-twice',
  level: 'error',
  reference: fstabManual,
  says: ({ target, first, line }: { target: string; first: number; line: number }) =>
    `Lines ${first} and ${line} of /etc/fstab both mount ${target}.`,
  wants: 'One line a mount point: systemd keeps one of several and drops the others.',
  remedy: 'Leave the line that is meant. A script that appends one looks first whether it is there.',
})

export const fstabOrderInside = rule({
  id: 'boot/fstab-order-inside',
  level: 'warning',
  reference: fstabManual,
  says: ({ target, line, parent, below }: { target: string; line: number; parent: string; below: number }) =>
    `Line ${line} of /etc/fstab mounts ${target} before line ${below} mounts ${parent} over it.`,
  wants: 'A folder is mounted before what lies in it: mount -a goes line by line.',
  remedy: 'Move the line of the folder up.',
})

/** Mount points: each once, and a folder before what lies in it, for readers that go line by line. */
export const fstabOrder = staticCheck({
  id: 'boot/fstab-order',
  rules: [fstabOrderTwice, fstabOrderInside],
  *run({ files }) {
    const lines = (files.fstab?.lines ?? []).filter(({ target }) => target.startsWith('/'))
    for (const [index, { target, line }] of lines.entries()) {
      const before = lines.slice(0, index)
      const same = before.find((each) => each.target === target)
      if (same !== undefined) yield fstabOrderTwice.at(`/etc/fstab:${line}`, { target, first: same.line, line })
      const inside = before.find(
        (each) => each.target.startsWith(target === '/' ? '/' : `${target}/`) && each.target !== target,
      )
      if (inside !== undefined) {
        const place = { target: inside.target, line: inside.line, parent: target, below: line }
        yield fstabOrderInside.at(`/etc/fstab:${inside.line}`, place)
      }
    }
  },
  examples: [
    {
      title: 'outside in',
      given: sketch({ fstab: 'UUID=1 / ext4 rw 0 1\nUUID=2 /srv ext4 rw 0 2\nUUID=3 /srv/x ext4 rw 0 2\n' }),
      yields: [],
    },
    {
      title: 'twice',
      given: sketch({ fstab: 'UUID=2 /srv ext4 rw 0 2\nUUID=3 /srv ext4 rw 0 2\n' }),
      yields: [fstabOrderTwice],
    },
    {
      title: 'inside out',
      given: sketch({ fstab: 'UUID=3 /srv/x ext4 rw 0 2\nUUID=2 /srv ext4 rw 0 2\n' }),
      yields: [fstabOrderInside],
    },
  ],
})
