import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { crypttabManual } from '../references.ts'
import { initrd, sketch } from '../testing/observed.ts'
import { volumeThing } from '../things.ts'

export const crypttabKeyAbsent = rule({
  id: 'boot/crypttab-key-absent',
  level: 'error',
  reference: crypttabManual,
  says: ({ name, line, what }: { name: string; line: number; what: string }) =>
    `Line ${line} of /etc/crypttab opens ${name} ${what}: the boot waits for somebody.`,
  about: ({ name }) => volumeThing(name),
  wants: 'A declared volume opens by itself.',
  remedy: 'Name the key file, and make sure that it is there when the volume is opened.',
})

export const crypttabKeyInside = rule({
  id: 'boot/crypttab-key-inside',
  level: 'error',
  reference: crypttabManual,
  says: ({ name, line, keyFile, target }: { name: string; line: number; keyFile: string; target: string }) =>
    `Line ${line} of /etc/crypttab opens ${name} with ${keyFile}, which lies on ${target}, and that is ${name} itself.`,
  about: ({ name }) => volumeThing(name),
  wants: 'A key lies where it can be read before its volume is open.',
  remedy: 'Move the key to the root, mode 0400, and correct the line.',
})

export const crypttabKeyOpen = rule({
  id: 'boot/crypttab-key-open',
  level: 'error',
  reference: crypttabManual,
  says: ({ keyFile, mode }: { keyFile: string; mode: string }) =>
    `${keyFile} has mode ${mode}: others can read the key.`,
  wants: 'A key file has mode 0400 or 0600.',
  remedy: 'chmod 0400, and take it for read: make a new key.',
})

export const crypttabKeyLine = rule({
  id: 'boot/crypttab-key-line',
  level: 'error',
  reference: crypttabManual,
  says: ({ name }: { name: string }) => `${name} is declared, and /etc/crypttab has no line for it.`,
  about: ({ name }) => volumeThing(name),
  wants: 'Each declared encrypted volume has its line.',
  remedy: 'Append the line, then update-initramfs -u.',
})

export const crypttabKeyInitrd = rule({
  id: 'boot/crypttab-key-initrd',
  level: 'error',
  reference: crypttabManual,
  says: ({ initrd: path, name }: { initrd: string; name: string }) =>
    `${name} is what the root is on, and ${path} carries no key file for it.`,
  about: ({ name }) => volumeThing(name),
  wants: 'The key of an encrypted root is in the initrd, unless somebody is to type it.',
  remedy:
    'KEYFILE_PATTERN in /etc/cryptsetup-initramfs/conf-hook, UMASK=0077 in initramfs.conf, then update-initramfs -u.',
})

/** Encrypted volumes open without anybody at the console: by a key file that is there, and that nobody else reads. */
export const crypttabKey = staticCheck({
  id: 'boot/crypttab-key',
  rules: [crypttabKeyAbsent, crypttabKeyInside, crypttabKeyOpen, crypttabKeyLine, crypttabKeyInitrd],
  *run({ declared, files: { crypttab, fstab, boot } }) {
    const root = fstab?.lines.find(({ target }) => target === '/')?.source.value
    for (const { name } of declared.encrypted) {
      const own = crypttab.find((each) => each.name === name)
      if (own === undefined) {
        yield crypttabKeyLine.at('/etc/crypttab', { name })
        continue
      }
      const { line, keyFile, key } = own
      const at = `/etc/crypttab:${line}`
      if (keyFile === undefined) yield crypttabKeyAbsent.at(at, { name, line, what: 'by a passphrase' })
      else if (key === undefined && keyFile.startsWith('/')) {
        yield crypttabKeyAbsent.at(at, { name, line, what: `with ${keyFile}, which is not there` })
      }
      if (key?.size === 0) yield crypttabKeyAbsent.at(at, { name, line, what: `with ${keyFile ?? ''}, which is empty` })
      const inside = fstab?.lines.find(
        ({ source, target }) =>
          source.value === `/dev/mapper/${name}` && target !== '/' && keyFile?.startsWith(`${target}/`),
      )
      if (inside !== undefined && keyFile !== undefined) {
        yield crypttabKeyInside.at(at, { name, line, keyFile, target: inside.target })
      }
      if (key !== undefined && (key.mode & 0o077) !== 0) {
        yield crypttabKeyOpen.at(at, { keyFile: keyFile ?? '', mode: key.mode.toString(8).padStart(4, '0') })
      }
      if (root !== `/dev/mapper/${name}` || keyFile === undefined) continue
      for (const { path, read } of boot.initrds) {
        const carries =
          'content' in read && [...read.content.paths].some((each) => each.startsWith('cryptroot/keyfiles/'))
        if ('content' in read && !carries) yield crypttabKeyInitrd.at(path, { initrd: path, name })
      }
    }
  },
  examples: [
    { title: 'nothing is encrypted', given: sketch(), yields: [] },
    { title: 'a key that only root reads', given: opened({ mode: 0o400 }), yields: [] },
    { title: 'a key that others read', given: opened({ mode: 0o644 }), yields: [crypttabKeyOpen] },
    { title: 'an empty key', given: opened({ mode: 0o400, size: 0 }), yields: [crypttabKeyAbsent] },
    {
      title: 'a key on the volume that it opens',
      given: opened({ mode: 0o400, at: '/etc/keys' }),
      yields: [crypttabKeyInside],
    },
    { title: 'a key file that is not there', given: opened({}), yields: [crypttabKeyAbsent] },
    { title: 'no line', given: sketch({ declared: { encrypted: [{ name: 'vault' }] } }), yields: [crypttabKeyLine] },
    {
      title: 'the root, and an initrd without its key',
      given: opened({ mode: 0o400, root: true }, {}),
      yields: [crypttabKeyInitrd],
    },
    {
      title: 'the root, and an initrd with its key',
      given: opened({ mode: 0o400, root: true }, { 'cryptroot/keyfiles/vault.key': 'x' }),
      yields: [],
    },
  ],
})

function opened(
  { mode, size = 512, root = false, at }: { mode?: number; size?: number; root?: boolean; at?: string },
  inside?: Record<string, string>,
): StaticObservation {
  const key = mode === undefined ? undefined : ({ kind: 'file', mode, size, modifiedAt: 0 } as const)
  return sketch({
    declared: { encrypted: [{ name: 'vault' }] },
    crypttab: [
      { line: 1, text: '', name: 'vault', source: 'UUID=1', keyFile: '/etc/keys/vault', options: ['luks'], key },
    ],
    ...(at !== undefined && { fstab: `/dev/mapper/vault ${at} ext4 rw 0 2\n` }),
    ...(root && { fstab: '/dev/mapper/vault / ext4 rw 0 1\n' }),
    ...(inside !== undefined && { boot: { initrds: [initrd('6.1', inside)] } }),
  })
}
