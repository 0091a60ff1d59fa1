import type { Finding, Things } from '../kernel/index.ts'
import { joinThings, thingOn } from '../kernel/index.ts'
import type { Declared } from './declared.ts'
import type { Fstab } from './fstab/parse.ts'

/** Names of what a host has, as rules and the configuration call them; `on HOST` is added where they are told. */
const mountThing = (at: string): string => `mount:${at}`
export const arrayThing = (device: string): string => `array:${device}`
export const volumeThing = (name: string): string => `volume:${name}`
const swapThing = (source: string): string => `swap:${source}`
/** Services, timers, sockets: their ending tells them apart. */
const unitThing = (unit: string): string => (unit.endsWith('.timer') ? `timer:${unit}` : `service:${unit}`)

/**
 * What the declared things of a host need: a service its mounts, a mount the one above it and the array or the encrypted
 * volume that it lies on. With `asked` they were looked at while the host ran: what no finding is about was well.
 */
export function thingsOf(declared: Declared, host: string, { asked = false } = {}): Things {
  const { mounts, arrays, encrypted, services, swaps, timers } = declared
  const beneath = (source: string | undefined): string[] => [
    ...arrays.filter(({ device }) => device === source).map(({ device }) => arrayThing(device)),
    ...encrypted.filter(({ name }) => `/dev/mapper/${name}` === source).map(({ name }) => volumeThing(name)),
  ]
  const above = (at: string): string[] => {
    const parents = mounts.filter((each) => each.at !== at && at.startsWith(each.at === '/' ? '/' : `${each.at}/`))
    const nearest = parents.toSorted((a, b) => b.at.length - a.at.length)[0]
    return nearest === undefined ? [] : [mountThing(nearest.at)]
  }
  const needs: readonly (readonly [thing: string, needed: readonly string[]])[] = [
    ...arrays.map(({ device }) => [arrayThing(device), []] as const),
    ...encrypted.map(({ name, source }) => [volumeThing(name), beneath(source)] as const),
    ...mounts.map(({ at, source }) => [mountThing(at), [...above(at), ...beneath(source)]] as const),
    ...swaps.map(({ source }) => [swapThing(source), beneath(source)] as const),
    ...services.map((each) => [unitThing(each.unit), each.needs.map(mountThing)] as const),
    ...timers.map((unit) => [unitThing(unit), []] as const),
  ]
  const here = (thing: string): string => thingOn(thing, host)
  return {
    needs: Object.fromEntries(needs.map(([thing, needed]) => [here(thing), needed.map(here)])),
    ...(asked && { asked: needs.map(([thing]) => here(thing)) }),
  }
}

/** Of a whole section: every target in it that has a name and declares something, whatever its lane. */
export function thingsIn(section: Readonly<Record<string, unknown>>): Things {
  const targets: unknown[] = Object.values(section).flat()
  return joinThings(targets.flatMap((each) => (isTarget(each) ? [thingsOf(each.declared, each.name)] : [])))
}

interface Target {
  readonly name: string
  readonly declared: Declared
}

/** Targets have been parsed by the section's schema: one that declares anything declares all of it. */
function isTarget(value: unknown): value is Target {
  return typeof value === 'object' && value !== null && 'name' in value && 'declared' in value
}

/**
 * The thing that a finding is about, by its place: what is declared is found under its own name, and a line of fstab stands
 * for the mount that it makes. A rule that knows better says so itself.
 */
export function withThing(declared: Declared, fstab?: Fstab): <F extends Finding>(finding: F) => F {
  const { mounts, arrays, swaps, services, timers } = declared
  const things = new Map([
    ...mounts.map(({ at }) => [at, mountThing(at)] as const),
    ...arrays.map(({ device }) => [device, arrayThing(device)] as const),
    ...swaps.map(({ source }) => [source, swapThing(source)] as const),
    ...[...services.map(({ unit }) => unit), ...timers].map((unit) => [unit, unitThing(unit)] as const),
    ...(fstab?.lines ?? []).map(({ line, type, target, spec }) => {
      return [`/etc/fstab:${line}`, type === 'swap' ? swapThing(spec) : mountThing(target)] as const
    }),
  ])
  return (finding) => {
    const about = finding.about ?? things.get(finding.place)
    return about === undefined ? finding : { ...finding, about }
  }
}
