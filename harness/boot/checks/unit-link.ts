import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const unitLinkBroken = rule({
  id: 'boot/unit-link-broken',
  level: 'warning',
  reference: unitManual,
  says: ({ path, target }: { path: string; target: string }) => `${path} leads to ${target}, and there is nothing.`,
  wants: 'A link that enables a unit leads to one.',
  remedy: 'Put the unit back, or take the link away: `systemctl disable` does so.',
})

/** Links that enable a unit which is not there any more. */
export const unitLink = staticCheck({
  id: 'boot/unit-link',
  rules: [unitLinkBroken],
  *run({ files: { units } }) {
    for (const { path, target } of units.broken) yield unitLinkBroken.at(path, { path, target })
  },
  examples: [
    { title: 'none', given: sketch(), yields: [] },
    {
      title: 'its unit was deleted',
      given: sketch({
        broken: [
          {
            path: '/etc/systemd/system/multi-user.target.wants/a.service',
            target: '/usr/lib/systemd/system/a.service',
          },
        ],
      }),
      yields: [unitLinkBroken],
    },
  ],
})
