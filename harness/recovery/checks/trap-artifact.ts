import { check, document, rule } from '../../kernel/index.ts'
import type { Difference } from '../manifest/compare.ts'
import type { Seen } from '../seen.ts'

const semver = document('Semantic Versioning 2.0.0, section 11', 'https://semver.org/#spec-item-11')
const bash = document('Bash manual, trap', 'https://www.gnu.org/software/bash/manual/bash.html#index-trap')

export const trapTextOrder = rule({
  id: 'recovery/trap-artifact-text-order',
  level: 'info',
  reference: semver,
  says: ({ wanted, found }: { wanted: string; found: string }) =>
    `Releases were put in order as text: ${found} was taken, and ${wanted} is the newest.`,
  wants: 'Releases are put in order by number: 1.10 comes after 1.9.',
  remedy: 'sort -V, or compare the numbers one by one.',
})

export const trapPreRelease = rule({
  id: 'recovery/trap-artifact-pre-release',
  level: 'info',
  reference: semver,
  says: ({ found }: { found: string }) => `${found} was taken, which is no release yet.`,
  wants: 'Only releases are taken into service.',
  remedy: 'Take only names that are numbers and dots: grep -E, before sort -V.',
})

export const trapTruncated = rule({
  id: 'recovery/trap-artifact-truncated',
  level: 'info',
  reference: document(
    'sha256sum invocation',
    'https://www.gnu.org/software/coreutils/manual/html_node/cksum-invocation.html',
  ),
  says: () => 'Half of a download was installed; the checksum file beside it was not read.',
  wants: 'A download is whole before anything is done with it.',
  remedy: 'sha256sum -c with the checksum file that comes with it, as the first step.',
})

export const trapNotAsked = rule({
  id: 'recovery/trap-artifact-not-asked',
  level: 'info',
  reference: bash,
  says: ({ status }: { status: string }) => `Nobody asked the server after the restart; it answers with ${status}.`,
  wants: 'An upgrade is done when the server has told the new version.',
  remedy: 'Ask for its version behind the block, and roll back when it is not the one.',
})

export const trapNoWayBack = rule({
  id: 'recovery/trap-artifact-no-way-back',
  level: 'info',
  reference: bash,
  says: () => 'The script ended in the middle, where nothing brings the old release back and lets traffic in.',
  wants: 'From the block on, each way out of the script leads through the way back.',
  remedy: 'trap roll_back EXIT before the block, and trap - EXIT when the new release has answered.',
})

export const trapNoDeadline = rule({
  id: 'recovery/trap-artifact-no-deadline',
  level: 'info',
  reference: document(
    'timeout invocation',
    'https://www.gnu.org/software/coreutils/manual/html_node/timeout-invocation.html',
  ),
  says: () => 'The restart did not come back, and the script waited for it for ever.',
  wants: 'Waiting for a server ends, and then the old release comes back.',
  remedy: 'timeout before the restart; TimeoutStartSec in a unit.',
})

export const trapCopyOverwritten = rule({
  id: 'recovery/trap-artifact-copy-overwritten',
  level: 'info',
  reference: document('cp invocation', 'https://www.gnu.org/software/coreutils/manual/html_node/cp-invocation.html'),
  says: () => 'The copy of the old release was not made, or a later run wrote the new one over it.',
  wants: 'The release that was in service can be brought back until the next one has proven itself.',
  remedy: 'Keep a copy before the first change, and none when the new release is in its place already.',
})

/** How the trap is called that an upgrade fell into. */
export const trapArtifact = check({
  id: 'recovery/trap-artifact',
  rules: [
    trapTextOrder,
    trapPreRelease,
    trapTruncated,
    trapNotAsked,
    trapNoWayBack,
    trapNoDeadline,
    trapCopyOverwritten,
  ],
  *run({ service, attempts, differences = [], witnessed }: Seen) {
    if (service === undefined) return
    const fact = (key: string, name: string): Partial<Changed> =>
      differences.filter((each) => each.kind === 'changed').find((each) => each.key === key && each.fact === name) ?? {}
    const { wanted = '', found = '' } = fact('service', 'version')
    if (isRelease(wanted) && isRelease(found) && wanted < found && isNewer(wanted, found)) {
      yield trapTextOrder.at('differences', { wanted, found })
    }
    if (/^\d[\d.]*-/.test(found)) yield trapPreRelease.at('differences', { found })
    const last = attempts.findLast(({ said }) => said !== 'interrupted')
    const { found: status } = fact('service', 'status')
    if (last?.said === 'done' && status !== undefined) yield trapNotAsked.at('differences', { status })
    if (last?.said === 'failed' && differences.length > 0) yield trapNoWayBack.at('differences')
    if (last?.said === 'hung') yield trapNoDeadline.at('attempts')
    const wrong = differences.length > 0 || witnessed.length > 0
    if (wrong && attempts.some(({ output }) => /end of file|EOFError|ended before the end/i.test(output))) {
      yield trapTruncated.at('output')
    }
    const lost = (text: string): boolean => /copy of \S+ is missing/.test(text)
    if (
      differences.some(({ kind, key }) => kind === 'missing' && key.startsWith('copy of ')) ||
      witnessed.some((each) => each.kind === 'not-resumed' && lost(each.what))
    ) {
      yield trapCopyOverwritten.at('differences')
    }
  },
  examples: [
    { title: 'no upgrade', given: noUpgrade(), yields: [] },
    { title: 'refused, and nothing differs', given: seen('failed'), yields: [] },
    { title: '1.9.0 in place of 1.10.0', given: seen('done', version('1.10.0', '1.9.0')), yields: [trapTextOrder] },
    { title: 'an older one for another reason', given: seen('done', version('1.9.0', '1.8.0')), yields: [] },
    { title: 'a candidate', given: seen('done', version('1.10.0', '1.11.0-rc1')), yields: [trapPreRelease] },
    {
      title: 'nobody asked',
      given: seen('done', { kind: 'changed', key: 'service', fact: 'status', wanted: '200', found: '500' }),
      yields: [trapNotAsked],
    },
    {
      title: 'traffic stays blocked',
      given: seen('failed', { kind: 'changed', key: 'traffic', fact: 'blocked', wanted: 'no', found: 'yes' }),
      yields: [trapNoWayBack],
    },
    {
      title: 'the restart did not come back',
      given: seen('hung', { kind: 'changed', key: 'traffic', fact: 'blocked', wanted: 'no', found: 'yes' }),
      yields: [trapNoDeadline],
    },
    {
      title: 'half a download was tried',
      given: {
        ...seen('failed', undefined, 'EOFError: Compressed file ended before the end-of-stream marker was reached'),
        witnessed: [{ kind: 'touched', what: 'clients were sent away 9 times' }],
      },
      yields: [trapTruncated],
    },
    {
      title: 'the copy is of the new release',
      given: seen('done', { kind: 'missing', key: 'copy of 1.8.0' }),
      yields: [trapCopyOverwritten],
    },
  ],
})

type Changed = Extract<Difference, { kind: 'changed' }>

const isRelease = (name: string): boolean => /^\d+(?:\.\d+)*$/.test(name)

function isNewer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0
}

function noUpgrade(): Seen {
  const { service: _none, ...rest } = seen('hung')
  return rest
}

function version(wanted: string, found: string): Changed {
  return { kind: 'changed', key: 'service', fact: 'version', wanted, found }
}

function seen(said: Seen['attempts'][number]['said'], difference?: Difference, output = ''): Seen {
  return {
    drill: 'artifact-upgraded',
    procedure: 'upgrade-naive',
    possible: 'recovery',
    attempts: [{ verb: 'upgrade', said, exitCode: said === 'done' ? 0 : 1, durationMs: 900, output }],
    differences: difference === undefined ? [] : [difference],
    entries: 4,
    recoveryMs: undefined,
    service: { asked: 90, announced: 3, errors: 0, firstError: undefined, outageMs: 200 },
    witnessed: [],
  }
}
