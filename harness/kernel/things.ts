/**
 * A thing is whatever others need and can be down: `mount:/data`, `service:nginx.service on web`, `site:shop`. Its name is
 * its kind, a colon, what it is called there, and the host where several hosts have one of that name. Names are only
 * compared: no shared code looks into them.
 */
export interface Things {
  /** What things need, by name: declared, whether anybody looked at them or not. */
  readonly needs?: Readonly<Record<string, readonly string[]>>
  /** Things that were asked while they ran: one of these that no finding is about was well. */
  readonly asked?: readonly string[]
}

/** The name of a thing among those of several hosts: `mount:/data on web`. */
export function thingOn(thing: string, host: string): string {
  return `${thing} on ${host}`
}

/** What several tell, as one. */
export function joinThings(all: readonly Things[]): Required<Things> {
  const needs = new Map<string, Set<string>>()
  for (const [thing, needed] of all.flatMap((each) => Object.entries(each.needs ?? {}))) {
    needs.set(thing, new Set([...(needs.get(thing) ?? []), ...needed]))
  }
  return {
    needs: Object.fromEntries([...needs].map(([thing, needed]) => [thing, [...needed]])),
    asked: [...new Set(all.flatMap(({ asked = [] }) => asked))],
  }
}
