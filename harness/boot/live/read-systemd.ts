import { blocksOf, linesOf } from './answer.ts'
import type { LiveJob, LiveSystem, LiveUnit } from './live-host.ts'

/** The manager's own properties, and the names of targets that are active. */
export function readSystem(shown: string, targets: string): LiveSystem {
  const [manager = new Map<string, string>()] = blocksOf(shown)
  return {
    state: manager.get('SystemState') ?? '',
    defaultTarget: manager.get('DefaultTarget') ?? '',
    targets: linesOf(targets).map((line) => line.trim().split(/\s+/)[0] ?? ''),
    jobs: Number(manager.get('NJobs') ?? 0),
  }
}

/** `asked NAME` lines, then a block for each in the same order. */
export function readUnits(text: string): LiveUnit[] {
  const names = [...text.matchAll(/^asked (.+)$/gm)].map(([, name = '']) => name)
  const blocks = blocksOf(text.replaceAll(/^asked .*$/gm, ''))
  const units = names.map((name, index): LiveUnit => {
    const value = (key: string): string => blocks[index]?.get(key) ?? ''
    return {
      name,
      load: value('LoadState'),
      active: value('ActiveState'),
      sub: value('SubState'),
      enabled: value('UnitFileState'),
      result: value('Result'),
      restarts: Number(value('NRestarts')),
      ran: value('Type') === 'oneshot' && !['', '0'].includes(value('ExecMainStartTimestampMonotonic')),
    }
  })
  // One that is declared and failed was asked twice.
  return units.filter(({ name }, index) => names.indexOf(name) === index)
}

const starting = '7d4958e842da4a758f6c1cdc7b36dcc5'

/**
 * Start jobs of this boot from systemd's messages in the journal. In a container `journalctl -b` gives those of every
 * start since the machine's own boot, so that only what PID 1 wrote since it began is taken.
 *
 * @param userspaceBegan microseconds of the monotonic clock, as systemd tells them
 */
export function readJobs(journal: string, userspaceBegan: number): LiveJob[] {
  const jobs: LiveJob[] = []
  const began = new Map<string, number>()
  for (const line of linesOf(journal)) {
    const entry = entryOf(line)
    const [at, unit] = [Number(entry['__MONOTONIC_TIMESTAMP']), textOf(entry['UNIT'])]
    if (unit === '' || !(at >= userspaceBegan)) continue
    if (entry['MESSAGE_ID'] === starting) {
      began.set(unit, at)
      continue
    }
    if (entry['JOB_TYPE'] !== undefined && entry['JOB_TYPE'] !== 'start') continue
    const since = began.get(unit)
    began.delete(unit)
    const result = textOf(entry['JOB_RESULT']) || 'done'
    const seconds = since === undefined ? undefined : (at - since) / 1_000_000
    if (result === 'done' && (seconds ?? 0) < 1) continue
    jobs.push({ unit, result, message: textOf(entry['MESSAGE']), ...(seconds !== undefined && { seconds }) })
  }
  return jobs
}

/** A line of `journalctl -o json`; one that was cut off holds nothing. */
function entryOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const entry: unknown = JSON.parse(line)
    // An object of JSON has names and values that nothing is known of.
    return typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Values that are no UTF-8 come as a list of bytes. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? Buffer.from(value.map(Number)).toString('latin1') : ''
}

/** What is enabled and active: services that stay, and timers. */
export function readStarted(text: string): string[] {
  return blocksOf(text)
    .filter((unit) => unit.get('ActiveState') === 'active')
    .map((unit) => unit.get('Id') ?? '')
    .filter((id) => id !== '')
}
