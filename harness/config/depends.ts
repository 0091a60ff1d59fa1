import { cycleIn, mapOf } from '../judge/diagnosis/index.ts'
import { place } from '../input/index.ts'
import type { Things } from '../kernel/index.ts'
import { joinThings, nearest, UsageError } from '../kernel/index.ts'
import type { Depends } from '../record/index.ts'
import type { Config } from './schema.ts'

/**
 * What things need, with every name in full, and what is wrong with it. A slice's sections know things of hosts
 * (`mount:/data on web`); a name without its host stands for the only one of that name.
 *
 * Everything that is needed is declared: by a section, or as a key of its own, even when it needs nothing. That is what makes
 * a misspelt name an error rather than something that nobody looked at.
 */
export function resolveDepends(
  written: Config['depends'],
  sectionsTell: readonly Things[],
  name: string,
): { readonly depends: Depends | undefined; readonly problems: readonly UsageError[] } {
  const entries = Object.entries(written)
  if (entries.length === 0) return { depends: undefined, problems: [] }
  const own = joinThings(sectionsTell)
  const sections = new Set([...Object.keys(own.needs), ...Object.values(own.needs).flat(), ...own.asked])
  const problems: UsageError[] = []
  const full = (thing: string, path: readonly PropertyKey[]): string => {
    const hosts = sections.has(thing) ? [] : [...sections].filter((each) => each.startsWith(`${thing} on `))
    if (hosts.length > 1) problems.push(severalHosts(thing, hosts, place(name, path)))
    return hosts[0] ?? thing
  }
  const keys = new Map(entries.map(([thing]) => [thing, full(thing, ['depends', thing])]))
  const known = new Set([...sections, ...keys.keys(), ...keys.values()])
  const needed = new Set(entries.flatMap(([, { needs }]) => needs))
  const resolved: Depends = Object.fromEntries(
    entries.map(([thing, { needs, seen, at }]) => {
      const answer = keys.get(thing) ?? thing
      if (seen === undefined && !needed.has(thing) && !sections.has(answer)) {
        problems.push(...misspelt(thing, sections, place(name, ['depends', thing])))
      }
      const names = needs.map((one, index) => {
        const path = ['depends', thing, ...at, index]
        const meant = keys.get(one) ?? full(one, path)
        if (!known.has(meant)) problems.push(unknownThing(one, known, place(name, path)))
        return meant
      })
      return [answer, { needs: [...names, ...(own.needs[answer] ?? [])], ...(seen !== undefined && { seen }) }]
    }),
  )
  // What the sections know stands in it too: their practices may not be tried in this profile.
  const told = Object.fromEntries(Object.entries(own.needs).map(([thing, needs]) => [thing, { needs }]))
  const depends = { ...told, ...resolved }
  const cycle =
    problems.length > 0
      ? undefined
      : cycleIn(mapOf(Object.fromEntries(Object.entries(depends).map(([thing, { needs }]) => [thing, needs]))))
  if (cycle !== undefined) problems.push(circle(cycle, place(name, ['depends'])))
  return { depends, problems }
}

function severalHosts(thing: string, hosts: readonly string[], path: string): UsageError {
  return new UsageError({
    path,
    given: JSON.stringify(thing),
    wanted: `one of ${hosts.map((each) => JSON.stringify(each)).join(', ')}`,
    mend: `Several hosts have it: write ${JSON.stringify(hosts[0])}.`,
  })
}

function unknownThing(thing: string, known: ReadonlySet<string>, path: string): UsageError {
  const near = nearest(thing, [...known].map((each) => each.replace(/ on [^ ]+$/, '')).concat([...known]))
  const declare = `Write ${JSON.stringify(thing)}: [] into depends when nothing else declares it.`
  return new UsageError({
    path,
    given: JSON.stringify(thing),
    wanted: 'a thing that a section declares, or that is a key of depends',
    mend: near === undefined ? declare : `Did you mean ${JSON.stringify(near)}? ${declare}`,
  })
}

/** A key that nothing needs and no finding names does nothing: mostly another was meant. */
function misspelt(thing: string, sections: ReadonlySet<string>, path: string): UsageError[] {
  const near = nearest(thing, [...sections].map((each) => each.replace(/ on [^ ]+$/, '')).concat([...sections]))
  if (near === undefined) return []
  return [
    new UsageError({
      path,
      given: JSON.stringify(thing),
      wanted: 'a thing that a section declares, that another needs, or that has `seen`',
      mend: `Did you mean ${JSON.stringify(near)}? Otherwise say in \`seen\` which findings are about it.`,
    }),
  ]
}

function circle(cycle: readonly string[], path: string): UsageError {
  return new UsageError({
    path,
    given: cycle.map((each) => JSON.stringify(each)).join(' needs '),
    wanted: 'things that do not need each other in a circle',
    mend: `Take one of these needs away: what ${JSON.stringify(cycle[0])} needs comes before it.`,
  })
}
