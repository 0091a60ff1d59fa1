import type { FstabLine, Option } from './parse.ts'

const words = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')))

/** What mount(8) takes whatever the file system is. */
const general = words(
  'defaults auto noauto nofail rw ro async sync atime noatime relatime norelatime strictatime nostrictatime lazytime',
  'nolazytime dev nodev exec noexec suid nosuid user nouser users owner group silent loud mand nomand iversion noiversion',
  'diratime nodiratime dirsync remount bind rbind move _netdev private rprivate shared rshared slave rslave unbindable',
  'runbindable loop offset sizelimit comment context fscontext defcontext rootcontext helper uhelper nosymfollow symfollow',
  'encryption encoding',
)

/** Of single file systems: mount(8), ext4(5), xfs(5), btrfs(5), tmpfs(5), and the kernel's documents of 6.1. */
const own: Readonly<Record<string, ReadonlySet<string>>> = {
  ext: words(
    'acl noacl user_xattr nouser_xattr minixdf bsddf debug errors grpid bsdgroups nogrpid sysvgroups grpquota noquota quota',
    'usrquota prjquota oldalloc orlov resgid resuid sb nouid32 journal journal_async_commit journal_checksum journal_dev',
    'journal_path nojournal_checksum noload norecovery data data_err barrier nobarrier commit bh nobh delalloc nodelalloc',
    'inode_readahead_blks stripe max_batch_time min_batch_time journal_ioprio abort auto_da_alloc noauto_da_alloc discard',
    'nodiscard block_validity noblock_validity dioread_lock dioread_nolock max_dir_size_kb i_version nombcache dax inlinecrypt',
    'init_itable noinit_itable usrjquota grpjquota jqfmt offusrjquota offgrpjquota check nocheck reservation noreservation xip',
    'test_dummy_encryption prefetch_block_bitmaps no_prefetch_block_bitmaps mb_optimize_scan dioread nogrpjquota nousrjquota',
  ),
  xfs: words(
    'allocsize attr2 noattr2 dax discard nodiscard grpid bsdgroups nogrpid sysvgroups filestreams ikeep noikeep inode32 inode64',
    'largeio nolargeio logbufs logbsize logdev noalign norecovery nouuid quota noquota usrquota uqnoenforce uquota qnoenforce',
    'gquota grpquota gqnoenforce pquota prjquota pqnoenforce rtdev sunit swidth swalloc wsync barrier nobarrier delaylog',
  ),
  tmpfs: words('size nr_blocks nr_inodes mode uid gid mpol huge inode32 inode64 noswap quota usrquota grpquota'),
  btrfs: words(
    'acl noacl autodefrag noautodefrag barrier nobarrier clear_cache commit compress compress-force datacow nodatacow datasum',
    'nodatasum degraded device discard nodiscard enospc_debug noenospc_debug fatal_errors flushoncommit noflushoncommit',
    'fragment nologreplay max_inline metadata_ratio norecovery rescan_uuid_tree rescue skip_balance space_cache nospace_cache',
    'ssd ssd_spread nossd nossd_spread subvol subvolid thread_pool treelog notreelog usebackuproot recovery ref_verify',
    'user_subvol_rm_allowed inode_cache noinode_cache alloc_start check_int check_int_data check_int_print_mask',
  ),
  vfat: words(
    'uid gid umask dmask fmask allow_utime check codepage conv cvf_format cvf_option debug discard dos1xfloppy errors fat',
    'iocharset nfs tz time_offset quiet rodir showexec sys_immutable flush usefree dots nodots dotsOK uni_xlate posix nonumtail',
    'utf8 shortname nodiscard',
  ),
  swap: words('sw pri discard defaults nofail noauto auto'),
}

/** Names of the option sets by type. */
const families: Readonly<Record<string, string>> = {
  ext2: 'ext',
  ext3: 'ext',
  ext4: 'ext',
  xfs: 'xfs',
  tmpfs: 'tmpfs',
  btrfs: 'btrfs',
  vfat: 'vfat',
  swap: 'swap',
}

const number = /^\d+$/
const time =
  /^(?:infinity|(?:\d+(?:\.\d+)?\s*(?:us|usec|ms|msec|s|sec|seconds?|m|min|minutes?|h|hr|hours?|d|days?)?\s*)+)$/
/** What may stand behind the = of an option, where a wrong value ends the mount or is passed over. */
const values: Readonly<Record<string, readonly (readonly [name: string, value: RegExp])[]>> = {
  ext: [
    ['errors', /^(?:continue|remount-ro|panic)$/],
    ['data', /^(?:journal|ordered|writeback)$/],
    ['commit', number],
    ['barrier', /^[01]$/],
  ],
  tmpfs: [
    ['size', /^\d+[kmgtp%]?$/i],
    ['mode', /^0?[0-7]{3,4}$/],
    ['nr_inodes', /^\d+[kmg]?$/i],
    ['nr_blocks', /^\d+[kmg]?$/i],
  ],
  btrfs: [['compress', /^(?:zlib|lzo|zstd|no|none)(?::\d+)?$/]],
  swap: [['pri', /^-?\d{1,5}$/]],
}
const ofAll: readonly (readonly [name: string, value: RegExp])[] = [
  ['x-systemd.device-timeout', time],
  ['x-systemd.mount-timeout', time],
  ['x-systemd.idle-timeout', time],
]
/** Options that mean nothing with a value: `noauto=1` is another option. */
const bare = words('defaults auto noauto nofail rw ro noatime relatime nodev noexec nosuid _netdev')

/** Whether the file system of a line takes an option; undefined where its options are not known here. */
export function isKnownOption({ type }: FstabLine, { name, value }: Option): boolean | undefined {
  if (/^(?:x-|X-|comment|systemd\.)/.test(name)) return true
  const family = families[type]
  if (general.has(name)) return value === undefined || !bare.has(name)
  return family === undefined ? undefined : own[family]?.has(name) === true
}

/** Whether a value is one that its option takes. */
export function isFittingValue({ type }: FstabLine, { name, value }: Option): boolean {
  const rules = [...(values[families[type] ?? ''] ?? []), ...ofAll]
  const [, wanted] = rules.find(([each]) => each === name) ?? []
  return wanted === undefined || value === undefined || wanted.test(value)
}

/** Names to compare a misspelt one with. */
export function optionsOf({ type }: FstabLine): readonly string[] {
  return [...general, ...(own[families[type] ?? ''] ?? [])]
}

const opposites: readonly (readonly [set: string, unset: string])[] = [
  ['rw', 'ro'],
  ['exec', 'noexec'],
  ['suid', 'nosuid'],
  ['dev', 'nodev'],
  ['auto', 'noauto'],
  ['async', 'sync'],
  ['nouser', 'user'],
]
/** `user` and `users` bring these with them: mount(8). */
const implied: Readonly<Record<string, readonly string[]>> = {
  user: ['noexec', 'nosuid', 'nodev'],
  users: ['noexec', 'nosuid', 'nodev'],
  owner: ['nosuid', 'nodev'],
  group: ['nosuid', 'nodev'],
}

/** What counts at the end: the last of two opposites, and what is so without being said. */
export function effectiveOptions(options: readonly Option[]): ReadonlySet<string> {
  const counts = new Set(opposites.map(([set]) => set))
  for (const { name, value } of options) {
    const pair = opposites.find((each) => each.includes(name))
    for (const each of [...(pair ?? []), name]) counts.delete(each)
    if (name === 'defaults') for (const [set, unset] of opposites) if (counts.delete(unset)) counts.add(set)
    for (const each of implied[name] ?? []) {
      const [set] = opposites.find(([, unset]) => unset === each) ?? []
      if (set !== undefined) counts.delete(set)
      counts.add(each)
    }
    counts.add(value === undefined ? name : `${name}=${value}`)
  }
  return counts
}
