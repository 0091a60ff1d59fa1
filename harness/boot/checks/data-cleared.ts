import { document, rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { fragments, linesOf } from '../host/texts.ts'
import { isWithin } from '../paths.ts'
import { sketch } from '../testing/observed.ts'

const tmpfiles = document('tmpfiles.d(5)', 'https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html')

export const dataClearedBoot = rule({
  id: 'boot/data-cleared-boot',
  level: 'error',
  reference: tmpfiles,
  says: ({ where, type, path, data }: { where: string; type: string; path: string; data: string }) =>
    `${where} has "${type} ${path}": each boot removes what is there, and ${data} is declared data.`,
  wants: 'Data that must be there after a boot is removed by nobody.',
  remedy: 'd makes a folder and leaves what is in it; D and R remove it.',
})

/** Lines of tmpfiles.d that remove declared data at boot. */
export const dataCleared = staticCheck({
  id: 'boot/data-cleared',
  rules: [dataClearedBoot],
  *run({ declared, files: { texts } }) {
    const kept = [...declared.data, ...declared.mounts.map(({ at }) => at)].filter((path) => path !== '/')
    for (const each of fragments(texts, ['/etc/tmpfiles.d', '/usr/lib/tmpfiles.d'])) {
      for (const { path: file, line, text } of linesOf(texts, each, /^#/)) {
        const [type = '', quotedPath = ''] = text.split(/\s+/)
        if (!/^[DRr][!+=~^-]*$/.test(type)) continue
        const path = quotedPath.replaceAll(/^"|"$/g, '').replace(/(?:\/\*)?\/*$/, '')
        const data = kept.find((own) => isWithin(own, path))
        if (data === undefined || path === '' || declared.temporary.includes(path)) continue
        yield dataClearedBoot.at(`${file}:${line}`, { where: `${file}:${line}`, type, path, data })
      }
    }
  },
  examples: [
    {
      title: 'a folder that is made, and one that may be emptied',
      given: sketch({
        declared: { data: ['/srv/a'], temporary: ['/srv/cache'] },
        texts: { '/etc/tmpfiles.d/a.conf': 'd /srv/a 0755 root root -\nD /srv/cache 0755 root root -\n' },
      }),
      yields: [],
    },
    {
      title: 'emptied at each boot',
      given: sketch({
        declared: { data: ['/srv/a/uploads'] },
        texts: { '/etc/tmpfiles.d/a.conf': 'D! /srv/a 0755 root root -\n' },
      }),
      yields: [dataClearedBoot],
    },
    {
      title: 'all in it removed',
      given: sketch({
        declared: { data: ['/srv/a'] },
        texts: { '/usr/lib/tmpfiles.d/a.conf': 'R /srv/a/* - - - -\n' },
      }),
      yields: [dataClearedBoot],
    },
  ],
})
