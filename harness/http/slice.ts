import { fileURLToPath } from 'node:url'
import { discover } from '../discover.ts'
import type { AnyRule, Check, RuleId, StepReport } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { slice } from '../slice.ts'
import type { StackPart } from '../stack/index.ts'
import { isMutant } from '../stack/index.ts'
import { createClient } from '../wire/index.ts'
import { expectationChecks } from './expectations/table.ts'
import { lookAtPage } from './look-at-page.ts'
import type { HttpSection, HttpTarget } from './section.ts'
import { httpSection } from './section.ts'

type AnyHttpCheck = Check<RuleId, never, readonly AnyRule[]>

const folders = ['fields', 'semantics', 'request', 'exchange', 'active'] as const

/** HTTP: how each page of a deployment uses the protocol, read and asked. */
export const http = slice<HttpSection>({
  id: 'http',
  title: 'HTTP checks and probes',
  section: httpSection,
  async checks() {
    const found = await Promise.all(
      folders.map((folder) => discover(new URL(`./${folder}/`, import.meta.url), isCheck)),
    )
    const expected: readonly unknown[] = expectationChecks()
    return [...found.flat(), ...expected.filter(isCheck).map((thing) => ({ file: groupFile(thing.id), thing }))]
  },
  mutants: () => discover(new URL('./mutants/', import.meta.url), isMutant),
  sectionFor: ({ in: part = 'balancer', port, path }) => httpSection.parse({ targets: [{ in: part, port, path }] }),
  trial,
})

/** Expectations stand together in the file of their group: `http/expected-caching-vary` in `caching.ts`. */
function groupFile(id: RuleId): string {
  const group = /^http\/expected-([a-z]+)-/.exec(id)?.[1] ?? 'table'
  return fileURLToPath(new URL(`./expectations/${group}.ts`, import.meta.url))
}

async function* trial(context: TrialContext<HttpSection>) {
  const { section, clock, allow } = context
  await using client = createClient({ deadlineMs: section.deadlineMs, clock, allow })
  for (const target of section.targets) {
    context.signal.throwIfAborted()
    const subject = subjectOf(target)
    context.progress(`http: ${subject}`)
    const part = context.stack.parts.find(({ name }) => name === target.in)
    if (part === undefined) {
      yield notStarted(target, clock.now())
      continue
    }
    const url = await addressOf(target, part)
    // What runs already may be shared with others; what the trial started is not.
    const intrusive = section.intrusive || part.kind === 'container'
    const expect = target.expect
    const page = { subject, url, intrusive, ...(expect !== undefined && { expect }) }
    yield* lookAtPage(page, { ...context, client, probes: section.probes })
  }
}

/** The configuration names only parts of the stack: what is not there was not started, and its own step says why. */
function notStarted(target: HttpTarget, startedAt: number): StepReport {
  const skipped = `${target.in} was not started`
  return { id: 'http/page', subject: subjectOf(target), looked: [], findings: [], skipped, startedAt, durationMs: 0 }
}

async function addressOf({ port, scheme, path }: HttpTarget, part: StackPart): Promise<URL> {
  const url = new URL(path, await part.origin(port))
  if (scheme !== undefined) url.protocol = scheme
  return url
}

function subjectOf({ name, in: part, port, path }: HttpTarget): string {
  return name ?? `${part}${port === undefined ? '' : `:${port}`} ${path}`
}

function isCheck(value: unknown): value is AnyHttpCheck {
  return typeof value === 'object' && value !== null && 'run' in value && 'rules' in value && 'examples' in value
}
