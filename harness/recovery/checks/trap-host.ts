import { check, document, rule } from '../../kernel/index.ts'
import type { Difference } from '../manifest/compare.ts'
import type { Attempt, Seen, Witnessed } from '../seen.ts'

const reproducible = document('Reproducible builds, definition', 'https://reproducible-builds.org/docs/definition/')
const coreutils = document('GNU coreutils manual', 'https://www.gnu.org/software/coreutils/manual/coreutils.html')

export const trapUnpinned = rule({
  id: 'recovery/trap-host-unpinned',
  level: 'info',
  reference: document('apt-get(8)', 'https://manpages.debian.org/bookworm/apt/apt-get.8.en.html'),
  says: ({ some }: { some: string }) => `Whatever version the mirror offers today is installed: ${some}.`,
  wants: 'A rebuilt host has the versions that were tried.',
  remedy: 'Keep a lock file of name=version with all that is needed, and a mirror that does not drop them.',
})

export const trapRandom = rule({
  id: 'recovery/trap-host-random',
  level: 'info',
  reference: reproducible,
  says: ({ some }: { some: string }) => `A file is another one each time that it is written: ${some}.`,
  wants: 'What is written into files of a host comes from where it is kept, and not from chance or the clock.',
  remedy: 'Take secrets from where secrets are kept, and leave the time of the build to the log.',
})

export const trapNotAgain = rule({
  id: 'recovery/trap-host-not-again',
  level: 'info',
  reference: coreutils,
  says: ({ last }: { last: string }) => `A step fails where it was done already: ${last}.`,
  wants: 'Each step sees whether it is done.',
  remedy: 'mkdir -p, getent before useradd, and a new file in place of a line that is appended.',
})

export const trapHostNotAsked = rule({
  id: 'recovery/trap-host-not-asked',
  level: 'info',
  reference: coreutils,
  says: ({ some }: { some: string }) => `The build ended without asking whether the host serves: ${some}.`,
  wants: 'A host is built when it has answered as it will be asked.',
  remedy: 'Ask for the page that load balancers ask for, with a deadline, as the last step.',
})

/** How the trap is called that a build fell into. */
export const trapHost = check({
  id: 'recovery/trap-host',
  rules: [trapUnpinned, trapRandom, trapNotAgain, trapHostNotAsked],
  *run({ attempts, differences = [], witnessed }: Seen) {
    const builds = attempts.filter(({ verb }) => verb === 'build')
    if (builds.length === 0) return
    const changed = differences.filter((each) => each.kind === 'changed')
    const other = changed.find(({ key, fact }) => key.startsWith('package ') && fact === 'version')
    if (other) {
      yield trapUnpinned.at('differences', { some: `${other.key.slice(8)} ${other.found}, not ${other.wanted}` })
    }
    const text = witnessed.find((each) => each.kind === 'not-repeatable' && each.what.includes('content of /'))
    if (text?.kind === 'not-repeatable') yield trapRandom.at('second', { some: text.what })
    const failed = builds.find(({ said, output }) => said === 'failed' && /exists$/im.test(output.trimEnd()))
    if (failed && witnessed.length > 0) {
      yield trapNotAgain.at('output', { last: (failed.output.trim().split('\n').at(-1) ?? '').slice(0, 200) })
    }
    const health = differences.find(({ key }) => key === 'health')
    if (builds.at(-1)?.said === 'done' && health) {
      const some = health.kind === 'changed' ? `${health.fact} is ${health.found}, not ${health.wanted}` : 'no answer'
      yield trapHostNotAsked.at('differences', { some })
    }
  },
  examples: [
    { title: 'a host that was built', given: seen('done'), yields: [] },
    { title: 'another verb', given: { ...seen('done', closed()), attempts: [] }, yields: [] },
    {
      title: 'a newer package',
      given: seen('done', { kind: 'changed', key: 'package lighttpd', fact: 'version', wanted: '1.4', found: '1.5' }),
      yields: [trapUnpinned],
    },
    {
      title: 'a random secret',
      given: { ...seen('done'), witnessed: [another('content of /etc/harbour/token is ab, not cd')] },
      yields: [trapRandom],
    },
    {
      title: 'a folder that is there already',
      given: {
        ...seen('failed', undefined, 'mkdir: cannot create directory: File exists\n'),
        witnessed: [another('it failed')],
      },
      yields: [trapNotAgain],
    },
    { title: 'it may not read what it serves', given: seen('done', closed()), yields: [trapHostNotAsked] },
    {
      title: 'nothing answers',
      given: seen('done', { kind: 'missing', key: 'health' }),
      yields: [trapHostNotAsked],
    },
  ],
})

function another(what: string): Witnessed {
  return { kind: 'not-repeatable', what }
}

function closed(): Difference {
  return { kind: 'changed', key: 'health', fact: 'status', wanted: '200', found: '403' }
}

function seen(said: Attempt['said'], difference?: Difference, output = ''): Seen {
  return {
    drill: 'host-rebuilt',
    procedure: 'build-naive',
    possible: 'recovery',
    attempts: [{ verb: 'build', said, exitCode: said === 'done' ? 0 : 1, durationMs: 900, output }],
    differences: difference === undefined ? [] : [difference],
    entries: 4,
    recoveryMs: 900,
    witnessed: [],
  }
}
