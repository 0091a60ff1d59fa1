import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { choiceOf, chosenEntry } from '../host/grub.ts'
import { linesOf } from '../host/texts.ts'
import { grubManual } from '../references.ts'
import { initrd, sketch } from '../testing/observed.ts'

export const grubMenuKernel = rule({
  id: 'boot/grub-menu-kernel',
  level: 'error',
  reference: grubManual,
  says: ({ title, file }: { title: string; file: string }) =>
    `GRUB boots "${title}", which needs ${file}, and /boot has no such file.`,
  wants: 'The entry that is booted names a kernel and an initrd that are there.',
  remedy: 'update-grub.',
})

export const grubMenuChoice = rule({
  id: 'boot/grub-menu-choice',
  level: 'error',
  reference: grubManual,
  says: ({ wanted }: { wanted: string }) =>
    `GRUB is told to boot the entry "${wanted}", and its menu has none of that name.`,
  wants: 'GRUB_DEFAULT names an entry of the menu.',
  remedy: 'Set GRUB_DEFAULT=0, or a title that is there, then update-grub.',
})

export const grubMenuEmpty = rule({
  id: 'boot/grub-menu-empty',
  level: 'error',
  reference: grubManual,
  says: ({ what }: { what: string }) => `/boot/grub/grub.cfg ${what}: GRUB stops and waits at its prompt.`,
  wants: 'A menu with an entry, whole to its last brace.',
  remedy: 'update-grub; look whether /boot is full.',
})

export const grubMenuWaits = rule({
  id: 'boot/grub-menu-waits',
  level: 'error',
  reference: grubManual,
  says: ({ where }: { where: string }) => `${where} lets GRUB wait for somebody at the keyboard, without end.`,
  wants: 'A menu that goes on by itself.',
  remedy: 'Set GRUB_TIMEOUT to some seconds, then update-grub.',
})

export const grubMenuDefaults = rule({
  id: 'boot/grub-menu-defaults',
  level: 'error',
  reference: grubManual,
  says: ({ where, text }: { where: string; text: string }) => `${where} is no assignment that a shell reads: ${text}.`,
  wants: 'NAME="value" a line: otherwise update-grub fails, and the menu stays as it was.',
  remedy: 'Close the quotes, and take spaces around the equals sign away.',
})

/** The menu that GRUB shows, and what it boots when nobody is there. */
export const grubMenu = staticCheck({
  id: 'boot/grub-menu',
  rules: [grubMenuKernel, grubMenuChoice, grubMenuEmpty, grubMenuWaits, grubMenuDefaults],
  *run({ files }) {
    for (const version of files.boot.empty ?? []) {
      const file = `vmlinuz-${version}`
      yield grubMenuKernel.at(`/boot/${file}`, { title: version, file: `${file} with something in it` })
    }
    const { boot, texts } = files
    const menu = texts.get('/boot/grub/grub.cfg')
    const settings = linesOf(texts, '/etc/default/grub', /^#/)
    if (menu !== undefined && (boot.entries?.length ?? 0) === 0 && boot.kernels.length > 0) {
      // What has only `configfile` leads to the menu elsewhere, as on an EFI partition.
      if (!/^\s*(?:configfile|blscfg|source)\b/m.test(menu)) {
        yield grubMenuEmpty.at('/boot/grub/grub.cfg', {
          what: menu.trim() === '' ? 'is empty' : 'has no entry that is whole',
        })
      }
    }
    if (
      menu === undefined &&
      boot.entries === undefined &&
      boot.kernels.length > 0 &&
      texts.has('/boot/grub/grubenv')
    ) {
      yield grubMenuEmpty.at('/boot/grub/grub.cfg', { what: 'is not there' })
    }
    const choice = choiceOf(files)
    if (choice !== undefined && choice.entry === undefined)
      yield grubMenuChoice.at('/boot/grub/grub.cfg', { wanted: choice.wanted })
    const entry = chosenEntry(files)
    for (const path of entry === undefined ? [] : [entry.linux, entry.initrd ?? '']) {
      const name = path.slice(path.lastIndexOf('/') + 1)
      const [, kernel] = /^vmlinuz-(.+)$/.exec(name) ?? []
      const [, ramdisk] = /^initrd\.img-(.+)$/.exec(name) ?? []
      const absent =
        (kernel !== undefined && !boot.kernels.includes(kernel)) ||
        (ramdisk !== undefined && !boot.initrds.some(({ version }) => version === ramdisk))
      if (absent)
        yield grubMenuKernel.at(`/boot/grub/grub.cfg:${entry?.line}`, { title: entry?.title ?? '', file: name })
    }
    // GRUB's own fallbacks stand in branches; the last assignment outside of a menu entry counts.
    const timeouts = [...(menu ?? '').matchAll(/^\s*set timeout=(\S+)\s*$/gm)].map(([, value]) => value)
    if (timeouts.length > 0 && timeouts.every((value) => value === '-1')) {
      yield grubMenuWaits.at('/boot/grub/grub.cfg', { where: '/boot/grub/grub.cfg' })
    }
    for (const { path, line, text } of settings) {
      const where = `${path}:${line}`
      if (/^(?:export\s+)?GRUB_TIMEOUT=["']?-1["']?/.test(text)) yield grubMenuWaits.at(where, { where })
      const [, value] = /^(?:export\s+)?[A-Za-z_]\w*=(.*)$/.exec(text) ?? []
      // A shell may stand there too: only what looks like a setting is judged.
      const looks = /^(?:export\s+)?GRUB_\w+\s*=?/.test(text)
      const quotes = (sign: string): boolean => (value ?? '').split(sign).length % 2 === 0
      if (
        looks &&
        (value === undefined || (quotes('"') && !value.includes("'")) || (quotes("'") && !value.includes('"')))
      ) {
        if (!text.endsWith('\\')) yield grubMenuDefaults.at(where, { where, text: text.slice(0, 100) })
      }
    }
  },
  examples: [
    { title: 'no GRUB', given: sketch(), yields: [] },
    { title: 'a menu whose first entry is there', given: menuOf(''), yields: [] },
    { title: 'a kernel that was removed', given: menuOf('', '6.0'), yields: [grubMenuKernel] },
    { title: 'an entry that is not in it', given: menuOf('set default="7"\n'), yields: [grubMenuChoice] },
    {
      title: 'a kernel without a byte',
      given: sketch({ boot: { kernels: ['6.1'], empty: ['6.1'] } }),
      yields: [grubMenuKernel],
    },
    {
      title: 'cut off',
      given: sketch({ boot: { kernels: ['6.1'], entries: [] }, texts: { '/boot/grub/grub.cfg': "menuentry 'x' {\n" } }),
      yields: [grubMenuEmpty],
    },
    { title: 'waiting for somebody', given: menuOf('set timeout=-1\n'), yields: [grubMenuWaits] },
    {
      title: 'a quote that is open',
      given: sketch({ texts: { '/etc/default/grub': '# x\nGRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX="quiet\n' } }),
      yields: [grubMenuDefaults],
    },
  ],
})

function menuOf(head: string, version = '6.1') {
  const text = `${head}menuentry 'Debian' {\n linux /boot/vmlinuz-${version} root=UUID=1\n initrd /boot/initrd.img-${version}\n}\n`
  const line = head.split('\n').length
  const paths = { linux: `/boot/vmlinuz-${version}`, initrd: `/boot/initrd.img-${version}` }
  return sketch({
    boot: { kernels: ['6.1'], initrds: [initrd('6.1')], entries: [{ title: 'Debian', ...paths, arguments: [], line }] },
    texts: { '/boot/grub/grub.cfg': text },
  })
}
