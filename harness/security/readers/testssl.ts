import { byWord, cvesIn, excerptOf } from '../report/facts.ts'
import { entriesAt, textAt } from '../report/fields.ts'
import { jsonStart, readJson } from '../report/json.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding, Told } from '../report/told.ts'

type Place = Pick<ScannerFinding, 'host' | 'aliases' | 'port'>

/** JSON of testssl.sh: one list (`--jsonfile`), or by target and section (`--jsonfile-pretty`). */
export const testssl: ReportReader = {
  id: 'testssl',
  title: 'testssl JSON',
  scanner: 'testssl.sh',
  home: 'https://testssl.sh/doc/testssl.1.html',
  takes(start) {
    const begin = jsonStart(start)
    if (begin === undefined) return false
    if (begin.is === 'object')
      return begin.keys.has('scanResult') || (begin.keys.has('Invocation') && begin.keys.has('openssl'))
    return ['id', 'severity', 'finding'].every((key) => begin.keys.has(key))
  },
  async *read({ text, start }) {
    const isFlat = jsonStart(start)?.is === 'list'
    const targets = new Set<string>()
    let version: string | undefined
    let lookedAt: number | undefined
    for await (const { path, value, line } of readJson(
      text(),
      isFlat ? ['$.*'] : ['$.scanResult.*', '$.version', '$.startTime'],
    )) {
      const place = `line ${line}`
      if (path[0] === 'version') version = String(value)
      else if (path[0] === 'startTime') lookedAt = Number(value) * 1_000
      else {
        const where = placeOf(value, isFlat)
        const items = isFlat ? [value] : itemsOf(value)
        for (const item of items) {
          const told = [...itemSays(item, where, place)]
          // A target that could not be reached has only problems.
          if (told.every((each) => each.is !== 'trouble')) targets.add(`${where.host} ${where.port}`)
          yield* told
        }
      }
    }
    yield {
      is: 'head',
      tool: 'testssl.sh',
      targets: targets.size,
      ...(version !== undefined && { version }),
      ...(Number.isFinite(lookedAt) && lookedAt !== undefined && { lookedAt }),
    }
  },
}

/** A target holds a list for each section, or is itself a problem of the scan. */
function itemsOf(target: unknown): readonly unknown[] {
  if (textAt(target, 'severity') !== undefined) return [target]
  return entriesAt(target).flatMap(([, section]): readonly unknown[] => (Array.isArray(section) ? section : []))
}

/** `shop.test/10.1.2.3` in the list; apart by target. */
function placeOf(value: unknown, isFlat: boolean): Place {
  const [name = '', address = ''] = (textAt(value, 'ip') ?? '').split('/')
  const host = isFlat ? name || address : (textAt(value, 'targetHost') ?? name)
  const ip = isFlat ? address : name
  const port = Number(textAt(value, 'port') ?? Number.NaN)
  return { host, ...(ip !== '' && { aliases: [ip] }), ...(Number.isInteger(port) && { port }) }
}

function* itemSays(item: unknown, where: Place, place: string): Generator<Told> {
  const [id, said, text] = [textAt(item, 'id') ?? '', textAt(item, 'severity') ?? '', textAt(item, 'finding')]
  if (id === 'scanTime') {
    if (/interrupted/i.test(text ?? ''))
      yield { is: 'trouble', kind: 'incomplete', at: place, why: 'its scan was interrupted' }
    return
  }
  if (said === 'WARN' || said === 'FATAL') {
    yield { is: 'trouble', kind: 'incomplete', at: place, why: `${id} could not be tested: ${excerptOf(text)}` }
    return
  }
  // Good news, and what only developers ask for.
  if (said === 'OK' || said === 'DEBUG') return
  yield {
    is: 'finding',
    id,
    title: excerptOf(`${id}: ${text ?? ''}`, 120),
    severity: byWord(said),
    said,
    cves: cvesIn(textAt(item, 'cve')),
    ...where,
    protocol: 'tcp',
    excerpt: excerptOf(text),
    at: place,
  }
}
