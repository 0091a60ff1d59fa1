import { document, rule } from '../../kernel/index.ts'
import { notTold } from '../live/live-host.ts'
import type { Written } from '../live/written.ts'
import { isRecord } from '../live/written.ts'
import { liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

const fsync = document('fsync(2)', 'https://man7.org/linux/man-pages/man2/fsync.2.html')
const ext4 = document('ext4(5)', 'https://man7.org/linux/man-pages/man5/ext4.5.html')

export const writesLiveLost = rule({
  id: 'boot/writes-live-lost',
  level: 'error',
  reference: fsync,
  says: ({ lost, acknowledged, first }: { lost: number; acknowledged: number; first: string }) =>
    `Of ${acknowledged} records that were acknowledged before the power was cut ${lost} are gone, from ${first} on.`,
  wants: 'What was acknowledged is there after a power cut.',
  remedy: 'Acknowledge once fsync has returned, not when write has: until then the record is in memory alone.',
})

export const writesLiveTorn = rule({
  id: 'boot/writes-live-torn',
  level: 'error',
  reference: fsync,
  says: ({ lines, where }: { lines: number; where: string }) =>
    `After the power cut the file holds what is no record, or stands out of order: ${lines} times, first ${where}.`,
  wants: 'What was acknowledged stands after a power cut as it was written, with nothing else in between.',
  remedy:
    'Sync each record before it is acknowledged, also in a file that was laid out before, and take half a last record away before the next is appended.',
})

export const writesLiveUnclean = rule({
  id: 'boot/writes-live-unclean',
  level: 'error',
  reference: ext4,
  says: ({ said }: { said: string }) => `After the boot that followed a power cut the file system is damaged: ${said}`,
  wants: 'A boot after a power cut leaves a file system that is whole.',
  remedy: 'Keep the journal, and let fstab have it checked at boot: 2 in its last field, 1 for the root.',
})

const [one, two, three] = ['1 00000000000000aa', '2 00000000000000bb', '3 00000000000000cc'] as const

/** What an application acknowledged outlives a power cut, in order and whole, on a file system that is clean. */
export const writesLive = liveCheck({
  id: 'boot/writes-live',
  rules: [writesLiveLost, writesLiveTorn, writesLiveUnclean],
  applies: ({ written }) => written !== undefined,
  *run({ written }) {
    if (written === undefined) return
    const { acknowledged, found, fileSystem } = written
    if (acknowledged.length === 0) throw notTold('whether records are there', 'none was acknowledged before the cut')
    if (found === undefined) throw notTold('whether records are there', 'the host did not answer afterwards')
    if (fileSystem === undefined) throw notTold('whether the file system is whole', 'nobody could look at it')
    const there = new Set(found)
    const lost = acknowledged.filter((each) => !there.has(each))
    if (lost[0] !== undefined) {
      const counts = { lost: lost.length, acknowledged: acknowledged.length }
      yield writesLiveLost.at('records', { ...counts, first: numberOf(lost[0]) })
    }
    const torn = tornIn(acknowledged, found)
    if (torn[0] !== undefined) yield writesLiveTorn.at('records', { lines: torn.length, where: torn[0] })
    const { exitCode, said } = fileSystem
    if (exitCode !== 0) yield writesLiveUnclean.at('file system', { said: complaintIn(said) })
  },
  examples: [
    { title: 'no power cut', given: lived({}), yields: [] },
    { title: 'all are there', given: cut({ found: [one, two] }), yields: [] },
    { title: 'one more was written and not acknowledged', given: cut({ found: [one, two, three] }), yields: [] },
    { title: 'half a record at the end, not acknowledged', given: cut({ found: [one, two, '3 00ff'] }), yields: [] },
    { title: 'the last is gone', given: cut({ found: [one] }), yields: [writesLiveLost] },
    { title: 'the file is empty', given: cut({ found: [] }), yields: [writesLiveLost] },
    {
      title: 'a number is there again, with what was written after the cut',
      given: cut({ found: [one, '2 ffffffffffffffff'] }),
      yields: [writesLiveLost],
    },
    {
      title: 'the file has its length, and holds zeros',
      given: cut({ found: [one, '\0'.repeat(512)] }),
      yields: [writesLiveLost, writesLiveTorn],
    },
    {
      title: 'half a record between two',
      given: cut({ acknowledged: [one, three], found: [one, '2 00ff3 00000000000000cc', three] }),
      yields: [writesLiveTorn],
    },
    { title: 'out of order', given: cut({ found: [two, one] }), yields: [writesLiveTorn] },
    {
      title: 'blocks that are in use and count as free',
      given: cut({ found: [one, two], fileSystem: { exitCode: 4, said: 'Block bitmap differences:  +(1--9)' } }),
      yields: [writesLiveUnclean],
    },
  ],
})

/** Where the first pieces stand that are no records or not in order; half a record at the very end was in flight. */
function tornIn(acknowledged: readonly string[], found: readonly string[]): string[] {
  const place = new Map(found.map((line, index) => [line, index]))
  const places = acknowledged.map((each) => place.get(each) ?? -1)
  const whole = !places.includes(-1)
  const pieces = found.flatMap((line, index) => {
    const inFlight = whole && index === found.length - 1
    return isRecord(line) || inFlight ? [] : [`after ${index} whole lines`]
  })
  const present = places.filter((at) => at >= 0)
  const unordered = present.flatMap((at, index) => {
    const previous = present[index - 1]
    return previous !== undefined && previous >= at ? [`at line ${at + 1}`] : []
  })
  return [...pieces, ...unordered]
}

/** The first things that e2fsck complains of, without its passes and questions. */
function complaintIn(said: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  const complaints = lines.filter((line) => line !== '' && !/^(?:e2fsck |Pass \d|Fix\? no)/.test(line))
  return complaints.slice(0, 2).join('; ').slice(0, 500)
}

function numberOf(record: string): string {
  return `number ${record.split(' ', 1)[0]}`
}

function cut(written: Partial<Written>): ReturnType<typeof lived> {
  const clean = { exitCode: 0, said: 'clean' }
  return lived({ written: { acknowledged: [one, two], found: undefined, fileSystem: clean, ...written } })
}
