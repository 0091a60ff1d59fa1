import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { hasOption } from '../fstab/parse.ts'
import { isWithin } from '../paths.ts'
import { mountManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const bindSourceAbsent = rule({
  id: 'boot/bind-source-absent',
  level: 'error',
  reference: mountManual,
  says: ({ line, source, target }: { line: number; source: string; target: string }) =>
    `Line ${line} of /etc/fstab shows ${source} at ${target}, and there is no ${source}.`,
  wants: 'What is bound to a second place is there.',
  remedy: 'Correct the first field, or make the folder where a boot finds it.',
})

/** Lines that show a folder in a second place. */
export const bindSource = staticCheck({
  id: 'boot/bind-source',
  rules: [bindSourceAbsent],
  *run({ files: { fstab, paths } }) {
    const lines = fstab?.lines ?? []
    for (const each of lines) {
      const { line, spec: source, target } = each
      if ((!hasOption(each, 'bind') && !hasOption(each, 'rbind')) || !paths.has(source)) continue
      // What is mounted or made at boot is in no tree; systemd mounts the outer one first.
      const mounted = lines.some(({ target: at }) => at !== '/' && isWithin(source, at))
      if (mounted || /^\/(?:run|proc|sys|dev|tmp)(?:\/|$)/.test(source)) continue
      if (paths.get(source) === undefined) yield bindSourceAbsent.at(`/etc/fstab:${line}`, { line, source, target })
    }
  },
  examples: [
    {
      title: 'a folder, and one on a disk that is mounted before',
      given: sketch({
        fstab: '/srv/www /var/www none bind 0 0\nLABEL=a /data ext4 rw 0 2\n/data/x /x none bind 0 0\n',
        paths: { '/srv/www': { kind: 'folder' }, '/data/x': undefined },
      }),
      yields: [],
    },
    {
      title: 'a folder that is not there',
      given: sketch({ fstab: '/srv/wwww /var/www none bind 0 0\n', paths: { '/srv/wwww': undefined } }),
      yields: [bindSourceAbsent],
    },
  ],
})
