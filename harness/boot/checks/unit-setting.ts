import { nearest, rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { startedUnits } from '../host/pulled-in.ts'
import { choices, important, real, sections } from '../host/unit-settings.ts'
import type { UnitFile } from '../host/units.ts'
import { unitManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const unitSettingUnknown = rule({
  id: 'boot/unit-setting-unknown',
  level: 'error',
  reference: unitManual,
  says: ({ unit: name, where, what }: { unit: string; where: string; what: string }) =>
    `${name} has ${what} (${where}): systemd passes over it.`,
  wants: 'Settings that systemd knows, in their own sections.',
  remedy: 'Correct it, and look at `systemd-analyze verify --man=no` of the unit.',
})

export const unitSettingSlip = rule({
  id: 'boot/unit-setting-slip',
  level: 'warning',
  reference: unitManual,
  says: ({ unit: name, where, what }: { unit: string; where: string; what: string }) =>
    `${name} has ${what} (${where}): systemd passes over it.`,
  wants: 'Settings that systemd knows, in their own sections.',
  remedy: 'Correct it: a unit that nobody declared may be needed all the same.',
})

/** Lines of a unit that are no settings, or misspelt ones: they are passed over with a line in the journal. */
export const unitSetting = staticCheck({
  id: 'boot/unit-setting',
  rules: [unitSettingUnknown, unitSettingSlip],
  *run({ declared, files: { units } }) {
    const own = new Set([...declared.services.map((each) => each.unit), ...declared.timers])
    const started = startedUnits(units)
    for (const each of units.byName.values()) {
      if (each.state !== 'loaded' || !(own.has(each.name) || started.has(each.name))) continue
      for (const { what, where } of slipsOf(each)) {
        const meant = own.has(each.name) ? unitSettingUnknown : unitSettingSlip
        yield meant.at(each.name, { unit: each.name, what, where })
      }
    }
  },
  examples: [
    {
      title: 'settings as they are',
      given: reading('[Service]\nType=forking\nExecStart=/a\nX-Own=1\nSlice=a.slice\n'),
      yields: [],
    },
    { title: 'a misspelt name', given: reading('[Service]\nExecStrat=/a\n'), yields: [unitSettingUnknown] },
    { title: 'a misspelt section', given: reading('[Servce]\nExecStart=/a\n'), yields: [unitSettingUnknown] },
    {
      title: 'a value that is none',
      given: reading('[Service]\nType=froking\nExecStart=/a\n'),
      yields: [unitSettingUnknown],
    },
    {
      title: 'a line without an equals sign',
      given: reading('[Service]\nExecStart /a\n'),
      yields: [unitSettingUnknown],
    },
    {
      title: 'in a unit that nobody declared',
      given: reading('[Service]\nExecStrat=/a\n', false),
      yields: [unitSettingSlip],
    },
  ],
})

function* slipsOf(unitFile: UnitFile): Generator<{ readonly what: string; readonly where: string }> {
  for (const { text, path, line } of unitFile.strange) {
    yield { what: `the line ${JSON.stringify(text)}, which is no setting`, where: `${path}:${line}` }
  }
  const foreign = new Set<string>()
  for (const { section, name, value, path, line } of unitFile.directives) {
    const where = `${path}:${line}`
    if (!sections.has(section) && !section.startsWith('X-')) {
      if (!foreign.has(section)) yield { what: `the section [${section}]`, where }
      foreign.add(section)
      continue
    }
    if (section.startsWith('X-') || name.startsWith('X-')) continue
    const near = important.includes(name) || real.has(name) ? undefined : closely(name)
    if (near !== undefined) yield { what: `${name}=, which may stand for ${near}=`, where }
    const wanted = choices[`${section}.${name}`]
    if (wanted !== undefined && value !== '' && !value.includes('%') && !wanted.test(value)) {
      yield { what: `${name}=${value}`, where }
    }
  }
}

/** Nearer than nearest: two changes of letters at most, and of long words only. */
function closely(name: string): string | undefined {
  const near = name.length >= 5 ? nearest(name, important) : undefined
  if (near === undefined || Math.abs(near.length - name.length) > 1) return undefined
  // The same letters in another order, or one of them other.
  const letters = (word: string): string[] => [...word.toLowerCase()]
  const rest = letters(near)
  const strange = letters(name).filter((letter) => {
    const at = rest.indexOf(letter)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return strange.length + rest.length <= 2 ? near : undefined
}

function reading(text: string, declared = true): StaticObservation {
  return sketch({
    ...(declared && { declared: { services: [{ unit: 'a.service' }] } }),
    units: [unit('a.service', text)],
  })
}
