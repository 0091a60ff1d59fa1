import type { Answer } from './answer.ts'
import { eachPart, linesOf, mapped, onePart, readAnswer } from './answer.ts'
import type { LiveAnswer, LiveData, LiveHost, Part } from './live-host.ts'
import { readPorts } from './read-network.ts'
import { readArrays, readDevices, readMounts, readNames, readSwaps } from './read-storage.ts'
import { readJobs, readStarted, readSystem, readUnits } from './read-systemd.ts'

/** The host that an answer to the script with this mark tells of. */
export function hostIn(text: string, mark: string): LiveHost {
  const answer = readAnswer(text, mark)
  const one = (name: string): Part<string> => onePart(answer, name)
  const container = knownOr(one('container'), '').trim() || undefined
  const own = (name: string): Part<string> =>
    container === undefined
      ? one(name)
      : { unknown: `a ${container} container sees those of the machine that it runs on` }
  const names = mapped(one('names'), readNames)
  const links = knownOr(names, {})
  const devices = readDevices(knownOr(one('devices'), ''))
  const system = one('system')
  return {
    container,
    bootId: mapped(one('boot'), (id) => linesOf(id).join('/')),
    system: mapped(system, (shown) => readSystem(shown, knownOr(one('targets'), ''))),
    mounts: mapped(one('mounts'), (mountinfo) => readMounts(mountinfo, devices)),
    names,
    swaps: mapped(own('swaps'), readSwaps),
    arrays: mapped(own('arrays'), (mdstat) => readArrays(mdstat, links)),
    mapped: mapped(own('mapped'), (listing) => linesOf(listing).filter((name) => name !== 'control')),
    opened: mapped(own('opened'), linesOf),
    units: mapped(one('units'), readUnits),
    jobs: jobsIn(one('jobs'), knownOr(system, '')),
    ports: mapped(one('tcp'), readPorts),
    kernel: mapped(eachPart(answer, 'kernel'), (settings) => Object.fromEntries(settings.flatMap(settingOf))),
    hostname: mapped(one('hostname'), (text_) => {
      const [kernel = '', file] = linesOf(text_)
      return { kernel, file }
    }),
    data: mapped(eachPart(answer, 'data'), (paths) => paths.map(dataOf)),
    temporary: mapped(eachPart(answer, 'temporary'), (paths) => Object.fromEntries(paths.map(namesOf))),
    answers: mapped(eachPart(answer, 'answers'), (said) => said.map(answerOf)),
    clock: mapped(one('clock'), Number),
    firewall: mapped(one('firewall'), (rules) => (rules === '' ? undefined : rules)),
    fstabLines: mapped(one('fstab'), (fstab) => linesOf(fstab).filter((line) => !line.trim().startsWith('#')).length),
    started: ifAsked(answer, 'started', readStarted),
    packages: ifAsked(answer, 'packages', (list) => Object.fromEntries(linesOf(list).map(packageOf))),
  }
}

function knownOr<T>(part: Part<T>, otherwise: T): T {
  return 'known' in part ? part.known : otherwise
}

function jobsIn(journal: Part<string>, shown: string): LiveHost['jobs'] {
  if ('unknown' in journal) return journal
  // Every boot starts something: a journal without a word of it is none.
  if (journal.known.trim() === '') return { unknown: 'the journal holds nothing of this boot' }
  const [, began] = /^UserspaceTimestampMonotonic=(\d+)$/m.exec(shown) ?? []
  if (began === undefined) return { unknown: 'systemd does not tell when it began' }
  return { known: readJobs(journal.known, Number(began)) }
}

/** The name, and what stands in its file, on one line as sysctl has it; nothing when there is no such setting. */
function settingOf(text: string): [string, string][] {
  const [name = '', ...values] = text.split('\n')
  return values.length === 0 ? [] : [[name, values.join('\n').trim().replaceAll(/\s+/g, ' ')]]
}

function dataOf(text: string): LiveData {
  const [path = '', files, sum] = text.split('\n')
  if (files === 'absent' || sum === undefined) return { path, sha256: undefined, files: 0 }
  return { path, sha256: sum.replace(/ .*$/, ''), files: Number(files) }
}

function namesOf(text: string): [string, readonly string[]] {
  const [path = '', ...names] = text.split('\n')
  return [path, names.filter((name) => name !== '')]
}

/** The command, its exit code with the sum, and what it wrote. */
function answerOf(text: string): LiveAnswer {
  const [command = '', ended = '', ...lines] = text.split('\n')
  const [exitCode, ...sum] = ended.split(' ')
  return { command, exitCode: Number(exitCode), sum: sum.join(' '), output: lines.join('\n').trim() }
}

function packageOf(line: string): [string, string] {
  const [name = '', version = ''] = line.split(' ')
  return [name, version]
}

function ifAsked<T>(answer: Answer, name: string, read: (text: string) => T): Part<T> {
  return answer.has(name) ? mapped(onePart(answer, name), read) : { unknown: 'nobody asked' }
}
