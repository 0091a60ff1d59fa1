import { harmlessChanges } from '../../fixtures/reference/harmless-changes.ts'
import reference from '../../fixtures/reference/seatrial.config.ts'
import { nosniffRemoved } from '../../harness/http/mutants/nosniff-removed.ts'
import type { LocatedFinding, StepReport } from '../../harness/kernel/index.ts'
import { atLeast, fingerprint } from '../../harness/kernel/index.ts'
import type { Change, StartedStack } from '../../harness/stack/index.ts'
import { changed } from '../../harness/stack/apply-mutant.ts'
import { applyMutant } from '../../harness/stack/index.ts'
import type { LookFor } from '../../harness/vitest/index.ts'
import { describe, expect, test } from '../../harness/vitest/index.ts'

/** An alarm after a change that harms nobody would teach people to look away. */

// At a commit all changes of a file at once, and the pages where they could be seen; each change alone, and every
// page, when there is time.
const quick = (process.env['SEATRIAL_PROFILE'] ?? 'commit') === 'commit'
const rounds = quick
  ? [...Map.groupBy(harmlessChanges, ({ part, file }) => `${part} ${file}`).values()]
  : harmlessChanges.map((change) => [change])

type Look = (what: LookFor) => Promise<readonly StepReport[]>

async function lookAt(look: Look, path: string): Promise<readonly StepReport[]> {
  const { targets } = reference.http
  // With what is expected of it, where the configuration expects something.
  const here = targets.find((target) => target.path === path) ?? { in: 'balancer', path }
  return look({ practice: 'http', section: { targets: quick ? [here] : [...new Set([here, ...targets])] } })
}

const alarms = (steps: readonly StepReport[]): readonly LocatedFinding[] =>
  steps.flatMap(({ findings }) => findings).filter(({ level }) => atLeast(level, 'warning'))

/** What is said of the healthy deployment, by the page where a change could be seen. */
const healthy = new Map<string, ReadonlySet<string>>()
const printOf = (finding: LocatedFinding): string => fingerprint(finding.subject, finding)

async function healthyAt(look: Look, path: string): Promise<ReadonlySet<string>> {
  const known = healthy.get(path) ?? new Set(alarms(await lookAt(look, path)).map(printOf))
  healthy.set(path, known)
  return known
}

/** The steps as they are, without the alarms that the healthy deployment raises, too. */
const newIn = (steps: readonly StepReport[], before: ReadonlySet<string>): readonly StepReport[] =>
  steps.map((step) => ({ ...step, findings: step.findings.filter((finding) => !before.has(printOf(finding))) }))

/** Changes of one file as one, so that its server restarts once. */
async function together(stack: StartedStack, [first, ...others]: readonly Change[]): Promise<Change> {
  const machine = first === undefined ? undefined : stack.part(first.part).machine
  if (first === undefined || machine === undefined) throw new Error('there is nothing to change')
  const find = new TextDecoder().decode(await machine.readFile(first.file))
  return { ...first, find, replace: [first, ...others].reduce((text, change) => changed(change, text), find) }
}

test('there are ten harmless changes and more, each of its own kind', () => {
  expect(harmlessChanges.length).toBeGreaterThanOrEqual(10)
  expect(new Set(harmlessChanges.map(({ id }) => id)).size).toBe(harmlessChanges.length)
})

test('an alarm is raised, and seen here, after a change that does harm', async ({ stack, look, signal }) => {
  const before = await healthyAt(look, nosniffRemoved.path)
  await using _applied = await applyMutant(stack, nosniffRemoved, { signal })
  expect(newIn(await lookAt(look, nosniffRemoved.path), before)).toFind(nosniffRemoved.kills)
})

describe('no alarm is raised after', () => {
  for (const changes of rounds) {
    test(changes.map(({ id, title }) => `${id}: "${title}"`).join(', '), async ({ stack, look, signal }) => {
      const paths = [...new Set(changes.map(({ path }) => path))]
      for (const path of paths) await healthyAt(look, path)
      await using _applied = await applyMutant(stack, await together(stack, changes), { signal })
      for (const path of paths) {
        expect(newIn(await lookAt(look, path), await healthyAt(look, path))).toHaveNoFindings()
      }
    })
  }
})
