import type { Level, MarkKind, OutcomeKind, UnsettledKind, Verdict } from '../kernel/index.ts'
import type { GateNote, LikelyCause, RecordedFinding, RunRecord } from '../record/schema.ts'
import type { Tally } from './tally.ts'

/** Every word that reports say to people, in one place. Nothing here knows a format or a domain. */

export const levelWord: Readonly<Record<Level, string>> = {
  error: 'ERROR',
  warning: 'WARNING',
  info: 'INFO',
  good: 'GOOD',
}

export const outcomeWord: Readonly<Record<OutcomeKind, string>> = {
  failed: 'failed',
  unsettled: 'could not look',
  passed: 'passed',
  skipped: 'skipped',
}

export const verdictWord: Readonly<Record<Verdict, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  unsettled: 'Unsettled',
}

export const unsettledWord: Readonly<Record<UnsettledKind, string>> = {
  setup: 'the stack did not come up',
  prerequisite: 'something that an earlier step should have left is not there',
  harness: 'our own code broke',
  timeout: 'a wait ran out',
  unsupported: 'this machine cannot do it',
}

export const noteWord: Readonly<Record<GateNote['kind'], string>> = {
  'accept-expired': 'acceptance expired',
  'accept-unused': 'acceptance hides nothing',
  'baseline-unused': 'baseline entry hides nothing',
  'allowed-unsettled': 'could not look, allowed',
  'over-budget': 'over budget',
  'looked-at-nothing': 'looked at nothing',
  'not-kept': 'counted, not kept',
}

/** What is known of a thing that others need. */
export const thingWord: Readonly<Record<LikelyCause['state'], string>> = {
  down: 'seen down',
  'could-not-look': 'could not be looked at',
  'not-looked-at': 'not looked at',
}

/** How a moment of a timeline is called, and its sign where there are no colours. */
export const markWord: Readonly<Record<MarkKind | 'none', { readonly word: string; readonly sign: string }>> = {
  fault: { word: 'fault', sign: 'x' },
  notice: { word: 'noticed', sign: '?' },
  change: { word: 'change', sign: '>' },
  recovery: { word: 'recovered', sign: '+' },
  end: { word: 'settled', sign: '#' },
  none: { word: '', sign: '.' },
}

/** `383 ms`, `12,345 ms`, `+1,204 ms`; from ten minutes on as a duration, because nobody counts so many. */
export function milliseconds(ms: number, { signed = false }: { readonly signed?: boolean } = {}): string {
  const sign = ms < 0 ? '-' : signed ? '+' : ''
  const size = Math.abs(ms)
  if (size < 600_000) return `${sign}${Math.round(size).toLocaleString('en-US')} ms`
  return `${sign}${size < 360_000_000 ? duration(size) : `${size.toPrecision(3)} ms`}`
}

/** `1 finding`, `2 findings`, `1,200 findings`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}

/** `850 ms`, `12.3 s`, `3 min 20 s`, `1 h 5 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** `640 KiB`, `210 MiB`, `1.4 GiB`. */
export function bytes(size: number): string {
  if (size >= 2 ** 30) return `${(size / 2 ** 30).toFixed(1)} GiB`
  if (size >= 2 ** 20) return `${Math.round(size / 2 ** 20)} MiB`
  return `${Math.round(size / 2 ** 10)} KiB`
}

/** A list of parts as a sentence has it: `a, b and c`. */
export function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

/** The verdict in one or two sentences: what it rests on, and what stands against it. */
export function verdictSentence(record: RunRecord, { outcomes, blocking, blind, checks, subjects }: Tally): string {
  const steps = `${count(blind, 'step')} could not look`
  const ended = record.state === 'interrupted' ? ' The run was ended from outside; this is what it had got to.' : ''
  switch (record.verdict) {
    case 'passed': {
      const looked = `${count(checks, 'check')} looked at ${count(subjects, 'subject')} and found nothing that blocks.`
      return looked + (blind > 0 ? ` ${steps}, which the gate allows.` : '') + ended
    }
    case 'failed': {
      // A step that looked at nothing is told as one that could not look.
      const notes = record.notes.filter(({ blocks, kind }) => blocks && kind !== 'looked-at-nothing').length
      const reasons = [
        ...(blocking > 0 ? [count(blocking, 'finding')] : []),
        ...(notes > 0 ? [count(notes, 'note of the gate', 'notes of the gate')] : []),
      ]
      const blocks = blocking + notes === 1 ? 'blocks' : 'block'
      const why = reasons.length > 0 ? `${list(reasons)} ${blocks}.` : `${count(outcomes.failed, 'step')} failed.`
      return why + (blind > 0 ? ` ${steps}.` : '') + ended
    }
    case 'unsettled': {
      const why = blind > 0 ? steps : 'not everything was looked at'
      return `Nothing was found that blocks, but ${why}: nobody can say that it passed.${ended}`
    }
  }
}

/** `2 errors, 3 warnings, 1 info, 24 good news`; levels that did not occur are left out. */
export function levelCounts({ levels }: Tally): string {
  const said = [
    ...(levels.error > 0 ? [count(levels.error, 'error')] : []),
    ...(levels.warning > 0 ? [count(levels.warning, 'warning')] : []),
    ...(levels.info > 0 ? [count(levels.info, 'info', 'info')] : []),
    ...(levels.good > 0 ? [count(levels.good, 'good news', 'good news')] : []),
  ]
  return said.length === 0 ? 'none' : said.join(', ')
}

/** `23 passed, 2 failed, 1 could not look`; kinds that did not occur are left out. */
export function outcomeCounts(outcomes: Readonly<Record<OutcomeKind, number>>): string {
  const kinds: readonly OutcomeKind[] = ['passed', 'failed', 'unsettled', 'skipped']
  const said = kinds.filter((kind) => outcomes[kind] > 0).map((kind) => `${outcomes[kind]} ${outcomeWord[kind]}`)
  return said.length === 0 ? 'no step ran' : said.join(', ')
}

/** Why a finding that could block does not. */
export function excuseSentence(excuse: NonNullable<RecordedFinding['excuse']>): string {
  return excuse.kind === 'accepted'
    ? `accepted by ${excuse.owner} until ${excuse.expires}: ${excuse.reason}`
    : 'was there before (baseline)'
}

/** `2 vCPU, 8.0 GiB, linux x64, Node 24.21.0, engine 20.10.24`. */
export function machineSentence({ machine }: RunRecord): string {
  const engine = machine.engine === null ? 'no container engine' : `engine ${machine.engine}`
  return `${count(machine.cpus, 'CPU')}, ${bytes(machine.memoryBytes)}, ${machine.os} ${machine.architecture}, Node ${machine.node}, ${engine}`
}

/** Nobody measures a run that was killed: the record then holds 0, which means unknown. */
export function costSentence({ cost }: RunRecord): string {
  const cpu = cost.cpuMs === 0 ? 'processor time not measured' : `${duration(cost.cpuMs)} of processor`
  const memory = cost.peakMemoryBytes === 0 ? 'memory not measured' : `${bytes(cost.peakMemoryBytes)} of memory at most`
  return `${duration(cost.wallMs)}, ${cpu}, ${memory}`
}
