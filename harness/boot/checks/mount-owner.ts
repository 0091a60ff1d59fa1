import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { groupsIn, namesOfSysusers, usersIn } from '../host/accounts.ts'
import { mountManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const mountOwnerUnknown = rule({
  id: 'boot/mount-owner-unknown',
  level: 'error',
  reference: mountManual,
  says: ({ line, option, name, kind }: { line: number; option: string; name: string; kind: string }) =>
    `Line ${line} of /etc/fstab has ${option}=${name}, and there is no such ${kind}: the mount is refused.`,
  wants: 'The number or the name of an account that the host has.',
  remedy: 'Correct the name, or write the number.',
})

/** `uid=` and `gid=`: names are looked up when it is mounted, before anything makes accounts. */
export const mountOwner = staticCheck({
  id: 'boot/mount-owner',
  rules: [mountOwnerUnknown],
  *run({ files: { fstab, texts } }) {
    const later = namesOfSysusers(texts)
    const known = {
      uid: { kind: 'user', names: usersIn(texts)?.map(({ name }) => name) },
      gid: { kind: 'group', names: groupsIn(texts) },
    }
    for (const { line, options } of fstab?.lines ?? []) {
      for (const { name: option, value } of options) {
        if ((option !== 'uid' && option !== 'gid') || value === undefined || /^\d+$|^$/.test(value)) continue
        const { kind, names } = known[option]
        if (names === undefined || names.includes(value) || later.has(value)) continue
        yield mountOwnerUnknown.at(`/etc/fstab:${line}`, { line, option, name: value, kind })
      }
    }
  },
  examples: [
    {
      title: 'names and numbers',
      given: sketch({
        fstab: 'tmpfs /a tmpfs uid=web,gid=33 0 0\n',
        texts: { '/etc/passwd': 'web:x:1:1::/:/bin/sh\n', '/etc/group': 'root:x:0:\n' },
      }),
      yields: [],
    },
    {
      title: 'a user that is gone',
      given: sketch({ fstab: 'tmpfs /a tmpfs uid=www 0 0\n', texts: { '/etc/passwd': 'web:x:1:1::/:/bin/sh\n' } }),
      yields: [mountOwnerUnknown],
    },
    {
      title: 'a group that is gone',
      given: sketch({ fstab: 'tmpfs /a tmpfs gid=www 0 0\n', texts: { '/etc/group': 'web:x:1:\n' } }),
      yields: [mountOwnerUnknown],
    },
  ],
})
