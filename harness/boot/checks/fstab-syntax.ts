import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const fstabSyntaxWrong = rule({
  id: 'boot/fstab-syntax-wrong',
  level: 'error',
  reference: fstabManual,
  says: ({ line, what }: { line: number; what: string }) => `Line ${line} of /etc/fstab ${what}.`,
  wants: 'Every line has a source, a mount point, a type, options and two numbers, apart by spaces or tabs.',
  remedy: 'Mend the line; a space in a name is written \\040. Readers of fstab disagree about lines like this one.',
})

/** Lines that a reader drops or guesses at: one tool mounts them, another does not see them. */
export const fstabSyntax = staticCheck({
  id: 'boot/fstab-syntax',
  rules: [fstabSyntaxWrong],
  *run({ files }) {
    for (const { line, what } of files.fstab?.problems ?? []) {
      yield fstabSyntaxWrong.at(`/etc/fstab:${line}`, { line, what })
    }
  },
  examples: [
    { title: 'no fstab at all', given: sketch(), yields: [] },
    {
      title: 'comments, tabs, an escaped space',
      given: sketch({ fstab: '# root\nUUID=1-2\t/a\\040b  ext4 defaults 0 2\n' }),
      yields: [],
    },
    { title: 'cut to two fields', given: sketch({ fstab: 'UUID=1-2 /data\n' }), yields: [fstabSyntaxWrong] },
    {
      title: 'a number that is none',
      given: sketch({ fstab: 'UUID=1-2 /data ext4 defaults 0 two\n' }),
      yields: [fstabSyntaxWrong],
    },
    {
      title: 'an option too many',
      given: sketch({ fstab: 'UUID=1-2 /data ext4 rw, noatime 0 2\n' }),
      yields: [fstabSyntaxWrong],
    },
    {
      title: 'a mount point that is no path',
      given: sketch({ fstab: 'UUID=1-2 data ext4 rw 0 2\n' }),
      yields: [fstabSyntaxWrong],
    },
  ],
})
