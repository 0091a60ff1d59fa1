import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { startedUnits } from '../host/pulled-in.ts'
import { mountUnitOf } from '../host/unit-names.ts'
import { templateOf, valuesOf } from '../host/units.ts'
import { unitManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const serviceRequiresAbsent = rule({
  id: 'boot/service-requires-absent',
  level: 'error',
  reference: unitManual,
  says: ({ unit: name, needed, what }: { unit: string; needed: string; what: string }) =>
    `${name} requires ${needed}, which ${what}: it is not started either.`,
  wants: 'What a declared service requires is there.',
  remedy: 'Bring it back, or correct Requires=; Wants= goes on without it.',
})

export const serviceRequiresConflict = rule({
  id: 'boot/service-requires-conflict',
  level: 'error',
  reference: unitManual,
  says: ({ unit: name, other }: { unit: string; other: string }) =>
    `${name} conflicts with ${other}, and a boot starts both: one of them is dropped.`,
  wants: 'A declared service conflicts with nothing that is started.',
  remedy: 'Disable the other, or take Conflicts= away.',
})

/** What systemd has without a file, or makes from fstab, crypttab and devices. */
const made = /\.(?:device|slice|scope|mount|automount|swap)$|^systemd-(?:cryptsetup|fsck|growfs|makefs)@|^-\./
/** These are in conflict with everything so that all ends at shutdown. */
const final = /^(?:shutdown|umount|reboot|halt|poweroff|kexec|exit|final|rescue|emergency)\.(?:target|service)$/

/** What a service requires, and what it cannot be started beside. */
export const serviceRequires = staticCheck({
  id: 'boot/service-requires',
  rules: [serviceRequiresAbsent, serviceRequiresConflict],
  *run({ declared, files: { units, fstab } }) {
    const started = startedUnits(units)
    const targets = (fstab?.lines ?? []).map(({ target }) => mountUnitOf(target))
    const own = new Set(declared.services.map((each) => each.unit))
    for (const each of units.byName.values()) {
      if (each.state !== 'loaded') continue
      const named = (settings: readonly string[]): string[] =>
        settings.flatMap((name) => valuesOf(each, 'Unit', name).flatMap(({ value }) => value.split(/\s+/)))
      if (own.has(each.name)) {
        for (const needed of named(['Requires', 'BindsTo', 'Requisite'])) {
          const what = troubleOf(needed, units, targets)
          if (what !== undefined) yield serviceRequiresAbsent.at(each.name, { unit: each.name, needed, what })
        }
      }
      if (!own.has(each.name) && !started.has(each.name)) continue
      for (const other of named(['Conflicts'])) {
        const both = own.has(each.name) ? started.has(other) : own.has(other)
        if (both && other !== each.name && !final.test(other) && !final.test(each.name)) {
          const [name, against] = own.has(each.name) ? [each.name, other] : [other, each.name]
          yield serviceRequiresConflict.at(name, { unit: name, other: against })
        }
      }
    }
  },
  examples: [
    {
      title: 'what is required is there',
      given: asking('Requires=b.service -.mount dev-vdb.device', '[Service]\nExecStart=/b\n'),
      yields: [],
    },
    { title: 'a mount that is not there', given: asking('Requires=x.mount'), yields: [serviceRequiresAbsent] },
    { title: 'it is not there', given: asking('Requires=c.service'), yields: [serviceRequiresAbsent] },
    {
      title: 'in conflict with what is started',
      given: asking('Conflicts=b.service', '[Service]\nExecStart=/b\n'),
      yields: [serviceRequiresConflict],
    },
    { title: 'in conflict with the end', given: asking('Conflicts=shutdown.target'), yields: [] },
  ],
})

function troubleOf(
  name: string,
  { byName }: StaticObservation['files']['units'],
  targets: readonly string[],
): string | undefined {
  // The root and what the kernel offers is mounted without a file.
  const mounted = targets.includes(name) || byName.has(name) || /^(?:-\.|(?:dev|proc|sys|run|tmp)\b)/.test(name)
  if (name.endsWith('.mount') && !mounted) return 'is neither a unit nor a line of fstab'
  if (name === '' || name.includes('%') || made.test(name)) return undefined
  const state = (byName.get(name) ?? byName.get(templateOf(name)))?.state
  return state === 'masked' ? 'is masked' : state === undefined || state === 'missing' ? 'is not there' : undefined
}

function asking(setting: string, other?: string) {
  return sketch({
    declared: { services: [{ unit: 'a.service' }] },
    units: [
      unit('a.service', `[Unit]\n${setting}\n[Service]\nExecStart=/usr/bin/a\n`),
      ...(other === undefined ? [] : [unit('b.service', other)]),
    ],
  })
}
