import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { packagesManual, systemctl } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const remadeSameFailed = rule({
  id: 'boot/remade-same-failed',
  level: 'error',
  reference: packagesManual,
  says: ({ exitCode, output }: { exitCode: number; output: string }) =>
    `On a host that was made from nothing the script ended with ${exitCode}: ${output}`,
  wants: 'A script that sets a host up does so on a new one, at the first time.',
  remedy: 'Run it on a new machine, not on the one where it was written: what a step needs must come before it.',
})

export const remadeSameMissing = rule({
  id: 'boot/remade-same-missing',
  level: 'error',
  reference: packagesManual,
  says: ({ packages }: { packages: string }) => `The host that was had ${packages}, and the one made anew has not.`,
  wants: 'A host that is made anew has every package of the one that was.',
  remedy: 'Put what was installed by hand into the image or the script.',
})

export const remadeSameVersion = rule({
  id: 'boot/remade-same-version',
  level: 'warning',
  reference: packagesManual,
  says: ({ packages }: { packages: string }) => `The host made anew has other versions: ${packages}.`,
  wants: 'A host that is made anew has the versions of the one that was.',
  remedy: 'Name versions in the script, or bring the old host up to date before it is replaced.',
})

export const remadeSameStarted = rule({
  id: 'boot/remade-same-started',
  level: 'error',
  reference: systemctl,
  says: ({ units }: { units: string }) =>
    `On the host that was ${units} started by itself, and on the one made anew it does not.`,
  wants: 'What starts by itself on a host does so on the one that is made in its place.',
  remedy: 'Put what was enabled by hand into the script: systemctl enable --now.',
})

export const remadeSameSlow = rule({
  id: 'boot/remade-same-slow',
  level: 'warning',
  reference: packagesManual,
  says: ({ seconds, limit }: { seconds: number; limit: number }) =>
    `To make the host anew took ${seconds} s, and ${limit} s is what it may take.`,
  wants: 'A host is made anew within minutes: so long is it missing when it is lost.',
  remedy: 'Move what takes long, packages above all, from the script into the image.',
})

/** Seconds, where machines are as quick as they should be. */
const limitSeconds = 600

/** A host that is made anew from its image and its script has what the one had that it replaces. */
export const remadeSame = liveCheck({
  id: 'boot/remade-same',
  rules: [remadeSameFailed, remadeSameMissing, remadeSameVersion, remadeSameStarted, remadeSameSlow],
  applies: ({ remade }) => remade !== undefined,
  *run(given) {
    const { remade, before, slowness = 1 } = given
    if (remade === undefined || before === undefined) return
    const { exitCode, output, seconds } = remade
    if (exitCode !== 0) yield remadeSameFailed.at('script', { exitCode, output: output.trim().slice(-500) })
    const after = hostAfter(given)
    const [had, has] = [known(before.packages, 'packages before'), known(after.packages, 'packages')]
    const missing = Object.keys(had).filter((name) => has[name] === undefined)
    if (missing.length > 0) yield remadeSameMissing.at('packages', { packages: listed(missing) })
    const others = Object.keys(had).filter((name) => has[name] !== undefined && has[name] !== had[name])
    if (others.length > 0) {
      const told = others.map((name) => `${name} ${has[name]} (was ${had[name]})`)
      yield remadeSameVersion.at('packages', { packages: listed(told) })
    }
    const starts = new Set(known(after.started, 'what starts by itself'))
    const idle = known(before.started, 'what started by itself').filter((unit) => !starts.has(unit))
    if (idle.length > 0) yield remadeSameStarted.at('units', { units: listed(idle) })
    const limit = limitSeconds * slowness
    if (seconds > limit) yield remadeSameSlow.at('script', { seconds: Math.round(seconds), limit: Math.round(limit) })
  },
  examples: [
    {
      title: 'the same, and something more',
      given: lived({
        remade: { exitCode: 0, output: '', seconds: 20 },
        before: { packages: { nginx: '1.22' }, started: ['nginx.service'] },
        after: { packages: { nginx: '1.22', curl: '7' }, started: ['nginx.service', 'cron.service'] },
      }),
      yields: [],
    },
    {
      title: 'a package and a timer that are in no script',
      given: lived({
        remade: { exitCode: 0, output: '', seconds: 20 },
        before: { packages: { nginx: '1.22', jq: '1.6' }, started: ['nginx.service', 'night.timer'] },
        after: { packages: { nginx: '1.22' }, started: ['nginx.service'] },
      }),
      yields: [remadeSameMissing, remadeSameStarted],
    },
    {
      title: 'what the mirror has today, after a quarter of an hour',
      given: lived({
        remade: { exitCode: 0, output: '', seconds: 900 },
        before: { packages: { nginx: '1.22' } },
        after: { packages: { nginx: '1.24' } },
      }),
      yields: [remadeSameVersion, remadeSameSlow],
    },
    {
      title: 'a script that works the second time',
      given: lived({ remade: { exitCode: 1, output: 'no such user', seconds: 5 } }),
      yields: [remadeSameFailed],
    },
  ],
})

function listed(names: readonly string[]): string {
  const more = names.length - 10
  return `${names.slice(0, 10).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
