import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const defaultTargetOther = rule({
  id: 'boot/default-target-other',
  level: 'error',
  reference: unitManual,
  says: ({ target, declared }: { target: string; declared: string }) =>
    `A boot leads to ${target}, and ${declared} is declared.`,
  wants: 'A boot leads to the declared target.',
  remedy: 'systemctl set-default it: rescue.target was meant for one boot.',
})

export const defaultTargetAbsent = rule({
  id: 'boot/default-target-absent',
  level: 'error',
  reference: unitManual,
  says: ({ target }: { target: string }) => `A boot leads to ${target}, and there is no such unit, or it is masked.`,
  wants: 'The target that a boot leads to is there.',
  remedy: 'systemctl set-default to one that is there: without it a boot ends in emergency mode.',
})

/** Where there is no link: Debian and others ship one that leads here. */
const unlinked = 'graphical.target'
/** What pulls in what, of the targets that hosts are led to. */
const includes: Readonly<Record<string, readonly string[]>> = { 'graphical.target': ['multi-user.target'] }

/** Where a boot leads to. */
export const defaultTarget = staticCheck({
  id: 'boot/default-target',
  rules: [defaultTargetOther, defaultTargetAbsent],
  *run({ declared, files: { units } }) {
    const target = units.defaultTarget ?? unlinked
    const own = units.byName.get(target)
    const known = units.byName.has('sysinit.target')
    if (known && (own === undefined || own.state !== 'loaded'))
      yield defaultTargetAbsent.at('default.target', { target })
    const reached = target === declared.target || includes[target]?.includes(declared.target) === true
    if (!reached) yield defaultTargetOther.at('default.target', { target, declared: declared.target })
  },
  examples: [
    { title: 'the declared one', given: sketch({ defaultTarget: 'multi-user.target' }), yields: [] },
    { title: 'one that pulls it in', given: sketch({ defaultTarget: 'graphical.target' }), yields: [] },
    {
      title: 'one that is not there',
      given: sketch({ defaultTarget: 'multi-user.target', units: [{ name: 'sysinit.target' }] }),
      yields: [defaultTargetAbsent],
    },
    { title: 'left in rescue', given: sketch({ defaultTarget: 'rescue.target' }), yields: [defaultTargetOther] },
  ],
})
