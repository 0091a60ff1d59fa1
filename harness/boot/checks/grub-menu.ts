import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { choiceOf, chosenEntry } from '../host/grub.ts'
import type { BootEntry } from '../host/kernels.ts'
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

export const grubMenuSearch = rule({
  id: 'boot/grub-menu-search',
  level: 'error',
  reference: grubManual,
  says: ({ title, uuid, place }: { title: string; uuid: string; place: string }) =>
    `GRUB looks for the kernel of "${title}" on ${uuid}, and ${place} is on another disk.`,
  wants: 'The disk that GRUB searches is the one with the kernel on it.',
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
  rules: [grubMenuKernel, grubMenuSearch, grubMenuChoice, grubMenuEmpty, grubMenuWaits, grubMenuDefaults],
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
    const astray = entry === undefined ? undefined : searchedAstray(menu ?? '', entry, files)
    if (entry !== undefined && astray !== undefined) {
      yield grubMenuSearch.at(`/boot/grub/grub.cfg:${entry.line}`, { title: entry.title, ...astray })
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
    {
      title: 'a kernel that is searched on the disk with it',
      given: searching('2222-2222', 'UUID=1111-1111 / ext4 rw 0 1\nUUID=2222-2222 /boot vfat rw 0 2\n'),
      yields: [],
    },
    {
      title: 'a kernel that is searched on the root, and /boot has a disk of its own',
      given: searching('1111-1111', 'UUID=1111-1111 / ext4 rw 0 1\nUUID=2222-2222 /boot vfat rw 0 2\n'),
      yields: [grubMenuSearch],
    },
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

/**
 * Where an entry is told to look, when that is another disk of the host than the one with its kernel. One that nobody has
 * does no harm: GRUB stays on the disk that it came from.
 */
function searchedAstray(
  menu: string,
  { line, linux }: BootEntry,
  { fstab, boot }: StaticObservation['files'],
): { readonly uuid: string; readonly place: string } | undefined {
  const next = boot.entries?.find((each) => each.line > line)?.line
  const own = menu.split('\n').slice(line - 1, next === undefined ? undefined : next - 1)
  const told = own.flatMap((text) => /^\s*search\b.*--fs-uuid\b.*?\s([0-9a-fA-F-]{8,})\s*$/.exec(text)?.[1] ?? [])
  const uuidOf = (target: string): string | undefined =>
    fstab?.lines
      .find((each) => each.target === target)
      ?.spec.match(/^UUID="?([^"]+)"?$/)?.[1]
      ?.toLowerCase()
  const place = linux.startsWith('/boot/') ? '/' : '/boot'
  const [wanted, uuid] = [uuidOf(place), told.at(-1)?.toLowerCase()]
  if (wanted === undefined || uuid === undefined || uuid === wanted) return undefined
  const known = fstab?.lines.some(({ spec }) => spec.toLowerCase().includes(uuid)) === true
  return known ? { uuid, place } : undefined
}

function searching(uuid: string, fstab: string) {
  const text = `menuentry 'Debian' {\n search --no-floppy --fs-uuid --set=root ${uuid}\n linux /vmlinuz-6.1 root=UUID=1\n}\n`
  const entry = { title: 'Debian', linux: '/vmlinuz-6.1', initrd: undefined, arguments: [], line: 1 }
  return sketch({
    fstab,
    boot: { kernels: ['6.1'], initrds: [], entries: [entry] },
    texts: { '/boot/grub/grub.cfg': text },
  })
}

function menuOf(head: string, version = '6.1') {
  const text = `${head}menuentry 'Debian' {\n linux /boot/vmlinuz-${version} root=UUID=1\n initrd /boot/initrd.img-${version}\n}\n`
  const line = head.split('\n').length
  const paths = { linux: `/boot/vmlinuz-${version}`, initrd: `/boot/initrd.img-${version}` }
  return sketch({
    boot: { kernels: ['6.1'], initrds: [initrd('6.1')], entries: [{ title: 'Debian', ...paths, arguments: [], line }] },
    texts: { '/boot/grub/grub.cfg': text },
  })
}
