import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { liveCheck } from '../live-check.ts'
import { fstabManual } from '../references.ts'
import { lived } from '../testing/lived.ts'

export const procedureRepeatFailed = rule({
  id: 'boot/procedure-repeat-failed',
  level: 'error',
  reference: fstabManual,
  says: ({ exitCode, output }: { exitCode: number; output: string }) =>
    `Run a second time, the script ended with ${exitCode}: ${output}`,
  wants: 'A script that sets a host up can be run again.',
  remedy: 'Let each step look first whether it is done already.',
})

export const procedureRepeatFstab = rule({
  id: 'boot/procedure-repeat-fstab',
  level: 'error',
  reference: fstabManual,
  says: ({ before, after }: { before: number; after: number }) =>
    `Run a second time, the script left ${after} lines in /etc/fstab where ${before} were.`,
  wants: 'A second run appends nothing: a mount point listed twice is mounted twice.',
  remedy: 'Append the line only when it is not there: grep -q first, or a mount unit in place of a line.',
})

export const procedureRepeatMounts = rule({
  id: 'boot/procedure-repeat-mounts',
  level: 'error',
  reference: fstabManual,
  says: ({ at, before, after }: { at: string; before: number; after: number }) =>
    `Run a second time, the script left ${at} mounted ${after} times where it was ${before}.`,
  wants: 'A second run mounts nothing again.',
  remedy: 'Ask mountpoint -q before mount.',
})

/** What sets a host up can be run again, and changes nothing then. */
export const procedureRepeat = liveCheck({
  id: 'boot/procedure-repeat',
  rules: [procedureRepeatFailed, procedureRepeatFstab, procedureRepeatMounts],
  applies: ({ repeated }) => repeated !== undefined,
  *run({ repeated }) {
    if (repeated === undefined) return
    const { exitCode, output } = repeated
    if (exitCode !== 0) yield procedureRepeatFailed.at('script', { exitCode, output: output.trim().slice(-500) })
    const [before, after] = [repeated.before, repeated.after].map((host) => ({
      lines: known(host.fstabLines, 'the lines of /etc/fstab'),
      mounts: counted(known(host.mounts, 'mounts').map(({ at }) => at)),
    }))
    if (before === undefined || after === undefined) return
    if (before.lines !== after.lines) {
      yield procedureRepeatFstab.at('/etc/fstab', { before: before.lines, after: after.lines })
    }
    for (const at of new Set([...before.mounts.keys(), ...after.mounts.keys()])) {
      const [was, is] = [before.mounts.get(at) ?? 0, after.mounts.get(at) ?? 0]
      if (was !== is) yield procedureRepeatMounts.at(at, { at, before: was, after: is })
    }
  },
  examples: [
    {
      title: 'nothing new the second time',
      given: lived({ repeated: { before: { mounts: [{ at: '/srv' }] }, after: { mounts: [{ at: '/srv' }] } } }),
      yields: [],
    },
    { title: 'no script', given: lived({}), yields: [] },
    {
      title: 'the line is appended again',
      given: lived({ repeated: { before: { fstabLines: 2 }, after: { fstabLines: 3 } } }),
      yields: [procedureRepeatFstab],
    },
    {
      title: 'mounted over itself',
      given: lived({
        repeated: { before: { mounts: [{ at: '/srv' }] }, after: { mounts: [{ at: '/srv' }, { at: '/srv' }] } },
      }),
      yields: [procedureRepeatMounts],
    },
    {
      title: 'it fails the second time',
      given: lived({ repeated: { before: {}, after: {}, exitCode: 1 } }),
      yields: [procedureRepeatFailed],
    },
  ],
})

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
