import type { CachesSection } from '../../caches/index.ts'
import { cachesSection } from '../../caches/index.ts'
import { nearest, UsageError } from '../../kernel/index.ts'
import type { StackSpec } from '../../stack/index.ts'
import type { TrialPlan } from '../../trial/index.ts'

/**
 * The plan for these products alone: their targets, and the parts that they need.
 *
 * @throws UsageError for a product that the configuration has no target for, or when it has none at all
 */
export function pickProducts(
  plan: TrialPlan,
  products: readonly string[],
): { plan: TrialPlan; section: CachesSection } {
  const practice = plan.practices.find(({ slice }) => slice.id === 'caches')
  if (practice === undefined) {
    throw new UsageError({
      path: 'seatrial caches --config',
      given: 'no section caches',
      wanted: 'caches: { targets: [...] }',
    })
  }
  const whole = cachesSection.parse(practice.section)
  const known = whole.targets.map((target) => target.cache)
  const strange = products.find((product) => !known.includes(product))
  if (strange !== undefined) {
    const near = nearest(strange, known)
    throw new UsageError({
      path: 'seatrial caches',
      given: JSON.stringify(strange),
      wanted: `one of ${known.join(', ')}`,
      ...(near !== undefined && { mend: `Did you mean ${near}?` }),
    })
  }
  const section = {
    ...whole,
    targets: whole.targets.filter(({ cache }) => products.length === 0 || products.includes(cache)),
  }
  const stack = withNeeds(
    plan.stack,
    section.targets.flatMap(({ cache, origin }) => [cache, origin]),
  )
  return { plan: { ...plan, stack, practices: [{ ...practice, section }] }, section }
}

function withNeeds(stack: StackSpec, names: readonly string[]): StackSpec {
  const wanted = new Set<string>()
  const want = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    for (const needed of stack[name]?.needs ?? []) want(needed)
  }
  for (const name of names) want(name)
  return Object.fromEntries(Object.entries(stack).filter(([name]) => wanted.has(name)))
}
