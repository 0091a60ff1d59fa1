import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { hasOption } from '../fstab/parse.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const swapDeclaredAbsent = rule({
  id: 'boot/swap-declared-absent',
  level: 'error',
  reference: fstabManual,
  says: ({ source }: { source: string }) => `Nothing turns the swap ${source} on at the next boot.`,
  wants: 'Each declared swap has its line in fstab, without noauto.',
  remedy: 'Append the line: swapon by hand lasts until the reboot.',
})

/** Swap that is declared is on after a boot. */
export const swapDeclared = staticCheck({
  id: 'boot/swap-declared',
  rules: [swapDeclaredAbsent],
  *run({ declared, files: { fstab, units } }) {
    for (const { source } of declared.swaps) {
      const line = fstab?.lines.find(
        (each) => each.type === 'swap' && each.spec === source && !hasOption(each, 'noauto'),
      )
      const unit = [...units.byName.values()].some(
        ({ name, pulledInBy, directives }) =>
          name.endsWith('.swap') &&
          pulledInBy.length > 0 &&
          directives.some((each) => each.name === 'What' && each.value === source),
      )
      if (line === undefined && !unit) yield swapDeclaredAbsent.at(source, { source })
    }
  },
  examples: [
    {
      title: 'its line is there',
      given: sketch({ declared: { swaps: [{ source: 'UUID=1' }] }, fstab: 'UUID=1 none swap sw 0 0\n' }),
      yields: [],
    },
    { title: 'no line', given: sketch({ declared: { swaps: [{ source: 'UUID=1' }] } }), yields: [swapDeclaredAbsent] },
    {
      title: 'noauto',
      given: sketch({ declared: { swaps: [{ source: 'UUID=1' }] }, fstab: 'UUID=1 none swap noauto 0 0\n' }),
      yields: [swapDeclaredAbsent],
    },
  ],
})
