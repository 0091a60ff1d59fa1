import type { HostFiles } from './host-files.ts'
import type { BootEntry } from './kernels.ts'
import type { Texts } from './texts.ts'
import { linesOf } from './texts.ts'

/** How GRUB chooses an entry: what is written in the menu, and in its environment. */
export interface Choice {
  /** A number, a title or an id; `0` when nothing is said. */
  readonly wanted: string
  /** Undefined when there is no such entry. */
  readonly entry: BootEntry | undefined
}

/**
 * The entry that is booted when nobody is at the keyboard. Only a choice that can be told from files counts: with a number
 * inside of a submenu, or a variable, it is the first entry.
 */
export function choiceOf({ boot: { entries }, texts }: Pick<HostFiles, 'boot' | 'texts'>): Choice | undefined {
  if (entries === undefined || entries.length === 0) return undefined
  const menu = texts.get('/boot/grub/grub.cfg') ?? ''
  const environment = texts.get('/boot/grub/grubenv') ?? ''
  const written = [...menu.matchAll(/^\s*set default=["']?([^"'\n]*)["']?\s*$/gm)].at(-1)?.[1] ?? '0'
  const once = /^next_entry=(.+)$/m.exec(environment)?.[1]
  const saved = /^saved_entry=(.+)$/m.exec(environment)?.[1]
  const wanted = once ?? (written.includes('$') ? (/saved_entry/.test(written) ? (saved ?? '0') : '0') : written || '0')
  if (/^\d+$/.test(wanted)) {
    // Entries of submenus are not counted at the top: a submenu is one of them, and its entries are deeper.
    const top = topOf(menu)
    const line = top[Number(wanted)]
    const own = entries.find((each) => each.line === line)
    const inside = line === undefined ? undefined : entries.find((each) => each.line > line)
    return {
      wanted,
      entry: top.length === 0 ? entries[Number(wanted)] : line === undefined ? undefined : (own ?? inside),
    }
  }
  const parts = wanted.split('>')
  const last = parts.at(-1) ?? ''
  const rows = menu.split('\n')
  const entry = /^\d+$/.test(last)
    ? entries[0]
    : entries.find(({ title, line }) => title === last || rows[line - 1]?.includes(`'${last}'`) === true)
  return { wanted, entry }
}

/** The entry that is booted; the first one where the choice names none, as GRUB does. */
export function chosenEntry(files: Pick<HostFiles, 'boot' | 'texts'>): BootEntry | undefined {
  return choiceOf(files)?.entry ?? files.boot.entries?.[0]
}

/** Lines of the entries and submenus at the top of a menu. */
function topOf(menu: string): readonly number[] {
  let depth = 0
  return menu.split('\n').flatMap((raw, index) => {
    const own = /^\s*(?:menuentry|submenu)\s/.test(raw) && depth === 0 ? [index + 1] : []
    const bare = raw.replaceAll(/'[^']*'|"[^"]*"|\$\{[^}]*\}/g, '').replace(/#.*$/, '')
    if (own.length > 0 || depth > 0) depth += (bare.match(/\{/g)?.length ?? 0) - (bare.match(/\}/g)?.length ?? 0)
    depth = Math.max(0, depth)
    return own
  })
}

/** What the next update-grub will tell the kernel. */
export function defaultArguments(
  texts: Texts,
): readonly { readonly where: string; readonly words: readonly string[] }[] {
  return linesOf(texts, '/etc/default/grub', /^#/).flatMap(({ text, line, path }) => {
    const [, value] = /^GRUB_CMDLINE_LINUX(?:_DEFAULT)?=["']?([^"']*)["']?/.exec(text) ?? []
    return value === undefined
      ? []
      : [{ where: `${path}:${line}`, words: value.split(/\s+/).filter((each) => each !== '') }]
  })
}
