import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { BootSection } from '../../boot/index.ts'
import { bootSection } from '../../boot/index.ts'
import { parseInput } from '../../input/index.ts'
import { shellWord, UsageError } from '../../kernel/index.ts'
import { declaredIn } from '../boot/declared-in.ts'
import { known, typed } from '../given.ts'
import { collect } from '../parse-options.ts'
import type { DrillOptions } from './options.ts'

/** Options of `seatrial drill reboot` alone. */
export const ofReboot = ['declared', 'provision', 'repeat', 'in', 'loader', 'disk', 'memory', 'deadline'] as const

/** Declares them. */
export function withRebootOptions(program: Command): Command {
  return program
    .option(
      '--declared <file>',
      'reboot: YAML or JSON, what must be there afterwards; `seatrial boot learn` writes one',
    )
    .option('--provision <file>', 'reboot: script that sets the host up first, run in it as root')
    .option('--repeat', 'reboot: run that script twice; the second run must change nothing')
    .option('--in <lane>', 'reboot: machine (unless said) with a kernel and disks of its own, or container, in seconds')
    .option('--loader <name>', 'reboot: ours (unless said), or disk: its own GRUB, kernel and initrd')
    .option('--disk <name=size>', 'reboot: a further empty disk of the machine; may be repeated', collect)
    .option('--memory <size>', 'reboot: of the machine; 512m unless said')
    .option('--deadline <seconds>', 'reboot: a boot, or the script, that takes longer does not end; 120 unless said')
}

export const rebootHelp = `
\`reboot\` boots a host of your own twice and compares: all that is declared, or was there before, must be there again. The
host is a folder with a Dockerfile, or an image that the engine has; its PID 1 is systemd.
  seatrial drill reboot ./web --declared web.yaml
  seatrial drill reboot web:1 --provision ./provision.sh --repeat --disk data=1g
  seatrial drill reboot ./web --in container
`

/** What `reboot` means as a section of a configuration, and the line that repeats it. */
export interface Reboot {
  readonly section: BootSection
  readonly line: string
}

/**
 * @param host a folder with a Dockerfile, or the tag of an image
 * @throws UsageError for what cannot be a host, and for options that mean nothing for a container
 */
export async function rebootOf(host: string, options: DrillOptions, folder: string): Promise<Reboot> {
  const path = 'seatrial drill reboot'
  const lane = options.in ?? 'machine'
  const strange = (['loader', 'disk', 'memory'] as const).find((name) => options[name] !== undefined)
  if (lane === 'container' && strange !== undefined) {
    throw new UsageError({
      path: `${path} --in container`,
      given: `--${strange}`,
      wanted: 'a machine: a container has no disks and no loader of its own',
    })
  }
  const isFolder = await stat(resolve(folder, host)).then(
    (there) => there.isDirectory(),
    () => false,
  )
  const entry = known({
    name: nameOf(host),
    ...(isFolder ? { build: resolve(folder, host) } : { image: host }),
    declared: await declaredIn(path, options.declared, { folder }),
    provision: options.provision && resolve(folder, options.provision),
    repeat: options.repeat,
    deadlineSeconds: options.deadline,
    loader: options.loader,
    memory: options.memory,
    disks: options.disk && Object.fromEntries(options.disk.map((each) => each.split('='))),
  })
  const section = parseInput(bootSection, lane === 'machine' ? { machines: [entry] } : { containers: [entry] }, path)
  return { section, line: [path, shellWord(host), ...typed(ofReboot, options)].join(' ') }
}

/** A name as the configuration wants it, out of a path or a tag. */
function nameOf(host: string): string {
  const last = host.replace(/\/+$/, '').split('/').at(-1) ?? ''
  return (
    last
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'host'
  )
}
