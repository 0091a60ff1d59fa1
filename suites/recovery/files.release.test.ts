import type { RuleId } from '../../harness/kernel/index.ts'
import { allDrills, allMutants } from '../../harness/recovery/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/** A drill takes five to twenty seconds of an idle machine, and gets many times that of a busy one. */
const timeout = 400_000

const drills = (await allDrills()).filter(({ kinds }) => kinds.includes('files')).map(({ id }) => id)
const safe = ['duplicity-checked', 'restic-checked'].flatMap((procedure) =>
  drills.map((drill) => ({ drill, procedure })),
)

test.for(safe)('$drill: $procedure brings all back, or says that it cannot', { timeout }, async (entry, { look }) => {
  expect(await look({ practice: 'recovery', section: { drills: [entry] } })).toHaveNoFindings()
})

interface Red {
  readonly drill: string
  readonly procedure: string
  readonly rules: readonly RuleId[]
}

const wrong = 'recovery/outcome-silently-wrong'

const naive: readonly Red[] = [
  { drill: 'files-small-temporary-space', procedure: 'duplicity', rules: [wrong, 'recovery/trap-temporary-space'] },
  { drill: 'files-earlier-time', procedure: 'tar', rules: [wrong] },
  { drill: 'files-wrong-passphrase', procedure: 'tar', rules: ['recovery/outcome-readable'] },
  { drill: 'files-volume-missing', procedure: 'tar', rules: [wrong] },
  {
    drill: 'files-volume-missing',
    procedure: 'restic',
    rules: ['recovery/outcome-hung', 'recovery/trap-files-part-missing'],
  },
  { drill: 'files-newest-missing', procedure: 'tar', rules: [wrong] },
  { drill: 'files-newest-missing', procedure: 'restic', rules: [wrong] },
  { drill: 'files-newest-missing', procedure: 'duplicity', rules: [wrong, 'recovery/trap-files-older-state'] },
  { drill: 'files-byte-changed', procedure: 'tar', rules: [wrong] },
  {
    drill: 'files-byte-changed',
    procedure: 'restic',
    rules: ['recovery/outcome-left-half', 'recovery/trap-files-part-damaged'],
  },
  { drill: 'files-target-full', procedure: 'tar', rules: ['recovery/outcome-left-half', 'recovery/trap-target-full'] },
  {
    drill: 'files-target-full',
    procedure: 'restic',
    rules: ['recovery/outcome-left-half', 'recovery/trap-target-full'],
  },
  { drill: 'files-target-full', procedure: 'duplicity', rules: ['recovery/outcome-hung', 'recovery/trap-target-full'] },
  {
    drill: 'files-backup-interrupted',
    procedure: 'tar',
    rules: ['recovery/outcome-not-recovered', 'recovery/trap-files-backup-cut-off'],
  },
  {
    drill: 'files-backup-resumed',
    procedure: 'tar',
    rules: ['recovery/outcome-not-recovered', 'recovery/trap-files-backup-cut-off'],
  },
]

test.for(naive)('$drill: $procedure is red', { timeout }, async ({ drill, procedure, rules }, { look }) => {
  const steps = await look({ practice: 'recovery', section: { drills: [{ drill, procedure }] } })
  for (const rule of rules) expect(steps).toFind(rule)
})

const mutants = (await allMutants()).filter(({ procedure }) => procedure.kind === 'files')

test.for(mutants)('$procedure.title: red in $drill with $rule', { timeout }, async (each, { look }) => {
  const section = { drills: [{ drill: each.drill, procedure: each.procedure.id }] }
  expect(await look({ practice: 'recovery', section })).toFind(each.rule)
})
