import type { Fstab } from '../fstab/parse.ts'
import type { Entry, Root } from '../root/root.ts'
import { followed } from '../root/root.ts'
import { keyPaths } from './ssh.ts'
import type { Texts } from './texts.ts'
import type { UnitFile, Units } from './units.ts'
import { pathsOf } from './unit-paths.ts'

/** What stands at a path, links followed; undefined for nothing. Only paths that somebody names are in it. */
export type NamedPaths = ReadonlyMap<string, Entry | undefined>

/** Folders and files that a host cannot do without, and those whose modes make a difference. */
const always = [
  '/',
  '/etc',
  '/usr',
  '/var',
  '/tmp',
  '/home',
  '/root',
  '/sbin/init',
  '/etc/resolv.conf',
  '/etc/passwd',
  '/etc/group',
  '/etc/nsswitch.conf',
  '/etc/hosts',
  '/etc/rc.local',
]
/** Folders in which every name is looked up: scripts that are run by being there, links to data. */
const looked = [
  '/etc/cron.hourly',
  '/etc/cron.daily',
  '/etc/cron.weekly',
  '/etc/cron.monthly',
  '/etc/cron.d',
  '/etc/ssh',
  '/etc/systemd/system-generators',
  '/usr/lib/systemd/system-generators',
  '/etc/systemd/network',
  '/lib/modules',
  '/var/lib',
  '/var/www',
  '/srv',
  '/opt',
  '/etc/nginx/sites-enabled',
  '/etc/nginx/modules-enabled',
  '/etc/nginx/conf.d',
  '/etc/apache2/sites-enabled',
  '/etc/apache2/mods-enabled',
]

/** Looks up what units and the files of services name. */
export async function readNamedPaths(
  root: Root,
  units: Units,
  texts: Texts,
  fstab?: Fstab,
): Promise<{ readonly paths: NamedPaths; readonly links: ReadonlyMap<string, string> }> {
  const loaded = [...units.byName.values()].filter((unit: UnitFile) => unit.state === 'loaded')
  const named = new Set([...always, ...loaded.flatMap(pathsOf), ...keyPaths(texts), ...homes(texts)])
  // Swap files and images of disks.
  for (const { source } of fstab?.lines ?? []) if (source.kind === 'path') named.add(source.value)
  const inside = async (folder: string): Promise<string[]> =>
    (await root.list(folder)).map((name) => `${folder}/${name}`)
  // At once: an engine takes some milliseconds for each path, and there are a hundred.
  for (const path of (await Promise.all(looked.map(inside))).flat()) named.add(path)
  for (const each of await root.list('/lib/modules')) named.add(`/lib/modules/${each}/modules.dep`)
  const looks = await Promise.all(
    [...named].map(async (path) => {
      const at = await followed(root, path)
      const entry = at === undefined ? undefined : await root.entry(at)
      const own = at === path ? undefined : await root.entry(path)
      return { path, entry, link: own?.kind === 'link' ? (at ?? 'itself') : undefined }
    }),
  )
  const paths = new Map(looks.map(({ path, entry }) => [path, entry]))
  const links = new Map(looks.flatMap(({ path, link }) => (link === undefined ? [] : [[path, link] as const])))
  return { paths, links }
}

/** Homes of system users, which some of them need at their start. */
function homes(texts: Texts): string[] {
  return (texts.get('/etc/passwd') ?? '')
    .split('\n')
    .map((line) => line.split(':')[5] ?? '')
    .filter((home) => home.startsWith('/'))
}
