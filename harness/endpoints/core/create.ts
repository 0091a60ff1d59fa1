import { readdirSync } from 'node:fs'
import type { ZodType } from 'zod'
import { nearest, UsageError } from '../../kernel/index.ts'
import type { ClockMode } from './clock.ts'
import { EndpointClock, parseClock } from './clock.ts'
import { control } from './control.ts'
import { Coverage } from './coverage.ts'
import type { Endpoint, EndpointKind, Signatures } from './endpoint.ts'
import { checkFaultPlan, Faults, wireFaults } from './faults.ts'

export interface CreateOptions {
  /** As the kind's schema has it: regions, images, accounts, devices. */
  readonly seed?: unknown
  /** What people call it, for error messages. */
  readonly seedName?: string
  readonly faults?: unknown
  readonly faultsName?: string
  /** `instant` unless given; in words as on the command line, or as data. */
  readonly clock?: string | ClockMode
  /** `strict` unless given. */
  readonly signatures?: Signatures
  /** Seed of identifiers and of drawn faults; 1 unless given. */
  readonly random?: number
}

/** The kinds of endpoint there are: the folders that have an `endpoint` file. */
export function endpointKindIds(): string[] {
  const here = new URL('..', import.meta.url)
  return readdirSync(here, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() &&
        // This folder has a file of that name, which says what a kind is.
        entry.name !== 'core' &&
        readdirSync(new URL(`${entry.name}/`, here)).some((name) => /^endpoint\.[jt]s$/.test(name)),
    )
    .map(({ name }) => name)
    .toSorted()
}

/**
 * @throws UsageError for a name that no kind has
 */
export async function loadKind(id: string): Promise<EndpointKind> {
  const known = endpointKindIds()
  if (!known.includes(id)) {
    const near = nearest(id, known)
    throw new UsageError({
      path: 'endpoint',
      given: JSON.stringify(id),
      wanted: `one of ${known.join(', ')}`,
      ...(near !== undefined && { mend: `Did you mean ${near}?` }),
    })
  }
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
  const module: { kind: EndpointKind } = await import(new URL(`../${id}/endpoint${ending}`, import.meta.url).href)
  return module.kind
}

/**
 * A mocked endpoint, ready to be given to a face.
 *
 * @throws UsageError, or an AggregateError of several, for a seed, a fault plan or a clock that is wrong
 */
export async function createEndpoint(id: string, options: CreateOptions = {}): Promise<Endpoint> {
  const kind = await loadKind(id)
  const vocabulary = await kind.vocabulary()
  const random = options.random ?? 1
  const clock = new EndpointClock(typeof options.clock === 'string' ? parseClock(options.clock) : options.clock)
  const coverage = new Coverage(vocabulary.operations)
  const faults = new Faults([], random)
  const plan = async (given: unknown, name: string): Promise<void> => {
    const rules = await parsed(async () => (await import('./fault-plan.ts')).faultPlan, given, name)
    checkFaultPlan(rules, vocabulary, name)
    faults.plan(rules)
  }
  if (options.faults !== undefined) await plan(options.faults, options.faultsName ?? 'faults')
  const machine = await kind.create({
    seed: await seedOf(kind, options),
    clock,
    faults,
    coverage,
    signatures: options.signatures ?? 'strict',
    random,
  })
  const reset = (namespace?: string): boolean => {
    if (!machine.reset(namespace)) return false
    if (namespace === undefined) {
      coverage.reset()
      faults.reset()
    }
    return true
  }
  const report = (): ReturnType<Coverage['report']> => coverage.report(faults)
  const controlled = {
    id,
    clock,
    reset,
    coverage: report,
    plan: (given: unknown) => plan(given, 'faults'),
    own: machine.controls ?? {},
    foreign: machine.foreign ?? {},
  }
  return {
    id,
    origins: kind.origins,
    clock,
    answer: async (request) => (await control(controlled, request)) ?? machine.answer(request),
    reset,
    coverage: report,
    ...(machine.listen !== undefined && { listen: machine.listen }),
    ...(kind.mendRequestLine !== undefined && { mendRequestLine: kind.mendRequestLine }),
  }
}

export interface KindDescription {
  readonly id: string
  readonly title: string
  readonly operations: readonly string[]
  /** What a fault plan can name: faults on the wire first, then the endpoint's own. */
  readonly faults: readonly string[]
  /** JSON Schema (draft 2020-12) of what `--seed` and `--faults` hold. */
  readonly seed: unknown
  readonly faultPlan: unknown
}

/**
 * What an endpoint of this kind can be given, for people and for editors.
 *
 * @throws UsageError for a name that no kind has
 */
export async function describeKind(id: string): Promise<KindDescription> {
  const kind = await loadKind(id)
  const [{ z }, { faultPlan }, { operations, faults }] = await Promise.all([
    import('zod'),
    import('./fault-plan.ts'),
    kind.vocabulary(),
  ])
  const schema = typeof kind.seed === 'function' ? await kind.seed() : kind.seed
  const json = (of: ZodType): unknown => z.toJSONSchema(of, { io: 'input', unrepresentable: 'any' })
  return {
    id,
    title: kind.title,
    operations,
    faults: [...Object.keys(wireFaults), ...faults],
    seed: json(schema),
    faultPlan: json(faultPlan),
  }
}

async function seedOf<Seed>(kind: EndpointKind<Seed>, { seed, seedName = 'seed' }: CreateOptions): Promise<Seed> {
  if (seed === undefined && kind.standardSeed !== undefined) return kind.standardSeed
  const { seed: schema } = kind
  return parsed(typeof schema === 'function' ? schema : async () => schema, seed ?? {}, seedName)
}

/** Schemas and their library are loaded when there is something to parse, and not before. */
async function parsed<T>(schema: () => Promise<ZodType<T>>, input: unknown, name: string): Promise<T> {
  const [{ parseInput }, wanted] = await Promise.all([import('../../input/index.ts'), schema()])
  return parseInput(wanted, input, name)
}
