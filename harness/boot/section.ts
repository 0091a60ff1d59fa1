import { z } from 'zod'
import { size } from '../input/index.ts'
import { declaredState } from './declared.ts'
import { cascadeEntry } from './time/cascade/section.ts'
import { datesEntry } from './time/section.ts'

const target = z.strictObject({
  name: z.string().min(1),
  path: z.string().min(1).meta({ description: 'Folder, archive or disk image with the files of a host; image:NAME' }),
  declared: declaredState.prefault({}).meta({ description: 'What must be there after a boot' }),
})

const host = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'lower-case letters, digits and dashes' }),
  image: z.string().min(1).optional().meta({ description: 'Tag of an image whose PID 1 is systemd' }),
  build: z.string().min(1).optional().meta({ description: 'Folder with the Dockerfile of such an image' }),
  provision: z.string().min(1).optional().meta({
    description: 'Script of your own that sets the host up; it is run in it as root before the boot',
  }),
  repeat: z.boolean().default(false).meta({ description: 'Run the script twice: the second run must change nothing' }),
  deadlineSeconds: z.number().positive().default(120).meta({
    description: 'A boot, or a script, that takes longer does not end',
  }),
  declared: declaredState.prefault({}).meta({ description: 'What must be there after a boot' }),
}

const container = z.strictObject(host).superRefine(demandWhole)

const machine = z
  .strictObject({
    ...host,
    disks: z
      .record(z.string().regex(/^[a-z][a-z0-9]*$/, { error: 'a name of lower-case letters and digits' }), size)
      .default({})
      .meta({ description: 'Further disks, empty, by name: /dev/vdb and so on, with the name as their serial' }),
    memory: size.default('512m'),
    processors: z.int().min(1).max(8).default(1),
    loader: z.enum(['ours', 'disk']).default('ours').meta({
      description: 'ours boots a kernel of ours straight to the root; disk goes through its own GRUB and initrd',
    }),
  })
  .superRefine(demandWhole)

interface Whole {
  readonly image?: string | undefined
  readonly build?: string | undefined
  readonly provision?: string | undefined
  readonly repeat: boolean
}

function demandWhole({ image, build, provision, repeat }: Whole, context: z.RefinementCtx): void {
  const wrong = (message: string, path: string[] = []): void => context.addIssue({ code: 'custom', path, message })
  if ((image === undefined) === (build === undefined)) wrong('either image or build')
  if (repeat && provision === undefined) wrong('a script to run twice: set provision', ['repeat'])
}

const drillEntry = z.strictObject({
  drill: z.string().min(1).meta({ description: 'Its name; `seatrial drill list` lists them' }),
  procedure: z.string().min(1).optional().meta({ description: 'How it is done; a right way when left out' }),
  script: z.string().min(1).optional().meta({ description: 'File of a script of your own, in place of the way above' }),
})

/** The `boot` section of the configuration. */
export const bootSection = z.strictObject({
  files: z.array(target).default([]).meta({ description: 'Hosts whose files are checked, without starting them' }),
  containers: z.array(container).default([]).meta({ description: 'Hosts in containers, which are restarted' }),
  machines: z.array(machine).default([]).meta({ description: 'Hosts in virtual machines, which are rebooted' }),
  drills: z.array(drillEntry).default([]).meta({ description: 'Procedures that are tried on hosts of their own' }),
  dates: z.array(datesEntry).default([]).meta({ description: 'Commands that are started under a sweep of dates' }),
  cascades: z
    .array(cascadeEntry)
    .default([])
    .meta({ description: 'Healing that is tried while agents fail everywhere' }),
})

export type BootSection = z.infer<typeof bootSection>
export type ContainerTarget = BootSection['containers'][number]
export type MachineTarget = BootSection['machines'][number]
export type BootDrillEntry = BootSection['drills'][number]
export type FilesTarget = BootSection['files'][number]
