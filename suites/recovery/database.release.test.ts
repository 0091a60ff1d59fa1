import { allMutants } from '../../harness/recovery/index.ts'
import type { RuleId } from '../../harness/kernel/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/** A drill takes about ten seconds of an idle machine, and gets many times that of a busy one. */
const timeout = 300_000

const always = [
  'database-restored',
  'database-backup-truncated',
  'database-byte-changed',
  'database-dump-killed',
  'database-backup-interrupted',
  'database-backup-repeated',
  'database-target-full',
  'database-restore-interrupted',
]
const toAMoment = ['database-point-in-time', 'database-log-missing']

/** A dump is of one moment: only what has an archive of the log can be asked for another. */
const safe = [
  ...['mysqldump-checked', 'mariabackup-checked', 'pg-basebackup-pitr'].flatMap((procedure) =>
    [...always, ...toAMoment].map((drill) => ({ drill, procedure })),
  ),
  ...always.map((drill) => ({ drill, procedure: 'pg-dump-checked' })),
]

test.for(safe)('$drill: $procedure brings all back, or says that it cannot', { timeout }, async (entry, { look }) => {
  expect(await look({ practice: 'recovery', section: { drills: [entry] } })).toHaveNoFindings()
})

interface Red {
  readonly drill: string
  readonly procedure: string
  readonly rules: readonly RuleId[]
}

const [wrong, not] = ['recovery/outcome-silently-wrong', 'recovery/outcome-not-recovered'] as const

const naive: readonly Red[] = [
  { drill: 'database-restored', procedure: 'mysqldump', rules: [wrong, 'recovery/trap-database-torn'] },
  { drill: 'database-restored', procedure: 'pg-dump', rules: [wrong, 'recovery/trap-database-errors-passed-over'] },
  { drill: 'database-restored', procedure: 'pg-basebackup', rules: [not, 'recovery/trap-database-log-missing'] },
  { drill: 'database-point-in-time', procedure: 'mysqldump', rules: [wrong, 'recovery/trap-database-moment-missed'] },
  { drill: 'database-point-in-time', procedure: 'mariabackup', rules: [wrong, 'recovery/trap-database-moment-missed'] },
  { drill: 'database-point-in-time', procedure: 'pg-dump', rules: [wrong, 'recovery/trap-database-moment-missed'] },
  { drill: 'database-backup-truncated', procedure: 'pg-dump', rules: [wrong, 'recovery/trap-database-not-verified'] },
  { drill: 'database-byte-changed', procedure: 'pg-dump', rules: [wrong, 'recovery/trap-database-not-verified'] },
  { drill: 'database-dump-killed', procedure: 'mysqldump', rules: [wrong, 'recovery/trap-database-exit-code-lost'] },
  { drill: 'database-dump-killed', procedure: 'mariabackup', rules: [wrong, 'recovery/trap-database-exit-code-lost'] },
  { drill: 'database-dump-killed', procedure: 'pg-dump', rules: [wrong, 'recovery/trap-database-exit-code-lost'] },
  { drill: 'database-backup-interrupted', procedure: 'mysqldump', rules: ['recovery/trap-database-overwritten'] },
  { drill: 'database-backup-interrupted', procedure: 'mariabackup', rules: ['recovery/trap-database-overwritten'] },
  { drill: 'database-backup-interrupted', procedure: 'pg-dump', rules: ['recovery/trap-database-overwritten'] },
  { drill: 'database-backup-repeated', procedure: 'mysqldump', rules: [wrong] },
  { drill: 'database-target-full', procedure: 'mysqldump', rules: ['recovery/outcome-left-half'] },
  { drill: 'database-restore-interrupted', procedure: 'pg-dump', rules: [not, 'recovery/trap-database-not-empty'] },
]

test.for(naive)('$drill: $procedure is red', { timeout }, async ({ drill, procedure, rules }, { look }) => {
  const steps = await look({ practice: 'recovery', section: { drills: [{ drill, procedure }] } })
  for (const rule of rules) expect(steps).toFind(rule)
})

const mutants = (await allMutants()).filter(({ procedure: { kind } }) => kind === 'mariadb' || kind === 'postgres')

test.for(mutants)('$procedure.title: red in $drill with $rule', { timeout }, async (each, { look }) => {
  const section = { drills: [{ drill: each.drill, procedure: each.procedure.id }] }
  expect(await look({ practice: 'recovery', section })).toFind(each.rule)
})
