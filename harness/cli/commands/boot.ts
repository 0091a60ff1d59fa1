import { z } from 'zod'
import { boot, lookAtFiles, openRoot } from '../../boot/index.ts'
import { nearest, shellWord, UsageError } from '../../kernel/index.ts'
import { reportFormat } from '../../report/index.ts'
import { declaredIn } from '../boot/declared-in.ts'
import { learnBoot } from '../boot/learn.ts'
import { refuseTimeOptions, runCascade, runDates, timeHelp, withTimeOptions } from '../boot/time.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { commonOptions } from '../http/gate-options.ts'
import { recordOf } from '../one-look.ts'
import { demandChecks } from '../only.ts'
import { parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'

const options = commonOptions.extend({
  declared: z.string().optional(),
  json: z.boolean().default(false),
  here: z.boolean().default(false),
  to: z.string().min(1).optional(),
  force: z.boolean().default(false),
})

/** `seatrial boot`: will this host come back from a reboot? */
export const command: CliCommand = {
  name: 'boot',
  summary: 'Look at the files of a host, and tell whether it will come back from a reboot with all that it must have.',
  configure: (program) =>
    withTimeOptions(program)
      .argument('<what>', 'check, learn, dates or cascade')
      .argument(
        '[host...]',
        'to check: folders, archives or disk images with the files of a host, image:NAME; to learn from: a container that runs; else a command, behind --',
      )
      .option('--declared <file>', 'YAML or JSON: what must be there after a boot')
      .option('--only <ids>', 'checks or rules, separated by commas')
      .option('--block <level>', 'lowest level that fails: error, warning, info', 'error')
      .option('--accept <file>', 'findings that are accepted, each with a reason, an owner and a last day')
      .option('--baseline <file>', 'record of an earlier run: only what is new blocks')
      .option('-f, --format <name>', 'what to print: text, json, sarif, junit, ...', 'text')
      .option('--json', 'the short way to write --format json; learnt state as JSON')
      .option('--here', 'learn from the host that this runs on')
      .option('--to <file>', 'write what is learnt there, and not to standard output')
      .option('--force', 'write over that file')
      .addHelpText('after', help),
  run: runBoot,
}

const help = `
Nothing is started, mounted or changed, and nobody needs to be root.

Examples:
  seatrial boot check ./rootfs                       a folder with the files of a host
  seatrial boot check host.tar.gz image.tar          tar -C / -c ., docker export, docker save, an OCI archive
  seatrial boot check disk.img other.qcow2           the image of a disk with ext4, read without mounting it
  seatrial boot check image:web:1 container:web      of a container engine, without starting anything
  seatrial boot check ./rootfs --declared web.yaml
  seatrial boot check ./rootfs --only boot/fstab-syntax --json
  seatrial boot learn my-container --to web.yaml     what it is now, as declared state
  seatrial boot learn --here --json                  of this host; run it as root to learn all

web.yaml says what must be there after a boot; without it files are judged for being well formed:
  mounts:
    - { at: /srv, source: LABEL=data, type: ext4, options: [noexec] }
  services:
    - { unit: nginx.service, needs: [/srv] }
  disks:
    - { label: data, type: ext4 }
  ports: [22, 80]
  kernel: { vm.max_map_count: '262144' }
  hostname: web-1
  target: multi-user.target
${timeHelp}`

async function runBoot({ args, options: given, io }: Invocation): ReturnType<CliCommand['run']> {
  const { declared: file, json, here, to, force, ...common } = parseOptions('seatrial boot', options, given)
  const [what = '', ...paths] = args
  if (what === 'dates') return runDates({ args: paths, options: given, io }, { ...common, json })
  if (what === 'cascade') return runCascade({ args: paths, options: given, io }, { ...common, json })
  refuseTimeOptions(what, given)
  if (what === 'learn') return learnBoot(paths, { here, to, force, json }, io)
  if (what !== 'check') {
    const near = nearest(what, ['check', 'learn', 'dates', 'cascade'])
    throw new UsageError({
      path: 'seatrial boot',
      given: JSON.stringify(what),
      wanted: 'check, learn, dates or cascade',
      ...(near !== undefined && { mend: `Did you mean seatrial boot ${near}?` }),
    })
  }
  if (paths.length === 0) {
    throw new UsageError({ path: 'seatrial boot check', given: 'no path', wanted: 'folders with the files of a host' })
  }
  await demandChecks('seatrial boot', common.only, [boot])
  const told = await reportFormat(json ? 'json' : common.format)
  const declared = await declaredIn('seatrial boot', file, { folder: io.workingDirectory })
  const record = await recordOf(
    ['seatrial boot check', ...paths].join(' '),
    common,
    async function* (clock) {
      for (const path of paths) {
        const replay = `seatrial boot check ${shellWord(path)}${file === undefined ? '' : ` --declared ${shellWord(file)}`}`
        const open = () => openRoot(path, io.workingDirectory)
        yield await lookAtFiles(open, { name: path, declared, only: common.only, replay, clock })
      }
    },
    { io },
  )
  return printRecord(told, { record }, io)
}
