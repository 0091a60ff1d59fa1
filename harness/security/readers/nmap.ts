import { byScore, byWord, cvesIn, excerptOf } from '../report/facts.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding, Told, Trouble } from '../report/told.ts'
import type { XmlNode } from '../report/xml.ts'
import { childOf, childrenOf, readXml, rootTag } from '../report/xml.ts'

type Place = Pick<ScannerFinding, 'host' | 'aliases' | 'port' | 'protocol'>

/**
 * XML of nmap (nmap.dtd): a finding for each open port, and for each vulnerability that a script tells by the library `vulns`
 * or that `vulners` lists.
 */
export const nmap: ReportReader = {
  id: 'nmap',
  title: 'nmap XML',
  scanner: 'nmap',
  home: 'https://nmap.org/book/output-formats-xml-output.html',
  takes: (start) => /^nmaprun\b/.test(rootTag(start) ?? ''),
  async *read({ text }) {
    let head: { readonly version?: string; readonly lookedAt?: number } = {}
    let [seen, up, finished] = [0, undefined as number | undefined, false]
    for await (const { is, node } of readXml(
      text(),
      new Set(['host', 'hosthint', 'runstats', 'prescript', 'postscript']),
    )) {
      if (is === 'open') {
        if (node.name === 'nmaprun') head = headOf(node)
      } else if (node.name === 'host') {
        if (childOf(node, 'status')?.attributes['state'] !== 'down') seen++
        yield* hostSays(node)
      } else if (node.name === 'runstats') {
        finished = true
        up = numberOf(childOf(node, 'hosts')?.attributes['up'])
        const { exit, errormsg = '' } = childOf(node, 'finished')?.attributes ?? {}
        if (exit === 'error') yield trouble('incomplete', node, `nmap ended with an error: ${errormsg}`)
      } else if (node.name.endsWith('script')) {
        for (const script of childrenOf(node, 'script')) yield* scriptSays(script, {})
      }
    }
    if (!finished) yield { is: 'trouble', kind: 'incomplete', why: 'it has no runstats: nmap did not finish' }
    if (up !== undefined && seen > up) {
      yield { is: 'trouble', kind: 'contradiction', why: `it counts ${up} hosts that are up, and tells of ${seen}` }
    }
    yield { is: 'head', tool: 'nmap', targets: up ?? seen, ...head }
  },
}

function headOf({ attributes }: XmlNode): { version?: string; lookedAt?: number } {
  const start = numberOf(attributes['start'])
  const version = attributes['version']
  return { ...(version !== undefined && { version }), ...(start !== undefined && { lookedAt: start * 1_000 }) }
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

const trouble = (kind: Trouble['kind'], { line }: XmlNode, why: string): Trouble => ({
  is: 'trouble',
  kind,
  at: `line ${line}`,
  why,
})

function* hostSays(host: XmlNode): Generator<Told> {
  const [address, ...others] = childrenOf(host, 'address')
    .filter(({ attributes }) => attributes['addrtype'] !== 'mac')
    .map(({ attributes }) => attributes['addr'] ?? '')
  const names = childrenOf(childOf(host, 'hostnames'), 'hostname').map(({ attributes }) => attributes['name'] ?? '')
  // A name that somebody typed is what they call the host.
  const place: Place = { host: names[0] ?? address ?? '', aliases: [address ?? '', ...others, ...names] }
  for (const port of childrenOf(childOf(host, 'ports'), 'port')) yield* portSays(port, place)
  for (const script of childrenOf(childOf(host, 'hostscript'), 'script')) yield* scriptSays(script, place)
  if (host.attributes['timedout'] === 'true') yield trouble('incomplete', host, `the scan of ${place.host} timed out`)
}

function* portSays(port: XmlNode, host: Place): Generator<Told> {
  const { portid, protocol = 'tcp' } = port.attributes
  const place = { ...host, ...(portid !== undefined && { port: Number(portid) }), protocol }
  if (childOf(port, 'state')?.attributes['state'] === 'open') {
    const { name = 'unknown', product = '', version = '' } = childOf(port, 'service')?.attributes ?? {}
    yield {
      is: 'finding',
      id: 'open-port',
      title: `Open port: ${name}`,
      // What the scanner saw, and no weakness by itself.
      severity: 'info',
      said: 'open',
      cves: [],
      ...place,
      spot: name,
      excerpt: excerptOf(`${product} ${version}`),
      at: `line ${port.line}`,
    }
  }
  for (const script of childrenOf(port, 'script')) yield* scriptSays(script, place)
}

function* scriptSays(script: XmlNode, place: Place): Generator<Told> {
  const { id = '', output = '' } = script.attributes
  if (/^\s*ERROR: Script execution failed/.test(output)) yield trouble('incomplete', script, `the script ${id} failed`)
  if (id === 'vulners') {
    for (const table of tablesIn(script)) yield* vulnersRow(table, place)
    return
  }
  const told = tablesIn(script).filter((table) => elem(table, 'state') !== undefined)
  for (const table of told) yield* verdictOf(elem(table, 'state') ?? '', { script, table, output, place })
  const [, state] = /^\s*State: (.+)$/m.exec(output) ?? []
  if (told.length === 0 && state !== undefined) yield* verdictOf(state, { script, table: undefined, output, place })
}

/** What the library `vulns` says: NOT VULNERABLE, LIKELY VULNERABLE, VULNERABLE, VULNERABLE (Exploitable), UNKNOWN. */
function* verdictOf(
  state: string,
  { script, table, output, place }: { script: XmlNode; table: XmlNode | undefined; output: string; place: Place },
): Generator<Told> {
  const id = script.attributes['id'] ?? ''
  const at = table ?? script
  if (state.startsWith('UNKNOWN')) yield trouble('incomplete', at, `the script ${id} could not test: ${state}`)
  if (!/^(?:LIKELY )?VULNERABLE/.test(state)) return
  const title = (table && elem(table, 'title')) ?? output.trim().split('\n')[1]?.trim() ?? id
  const ids = (table && childrenOf(table, 'table').find(({ attributes }) => attributes['key'] === 'ids')) ?? undefined
  const ownText = table === undefined ? output : section(output, title)
  const risk = /^\s*Risk factor: (\w+)/m.exec(ownText)?.[1]
  const score = Number(/\bCVSSv[23]: (\d+(?:\.\d+)?)/.exec(ownText)?.[1])
  const named = childrenOf(ids, 'elem').map(({ text }) => text)
  yield {
    is: 'finding',
    id,
    title,
    severity: byWord(risk) ?? byScore(Number.isNaN(score) ? undefined : score),
    said: risk ?? state,
    ...(Number.isFinite(score) && { cvss: score }),
    cves: cvesIn(...(named.length > 0 ? named : [table?.attributes['key'], ownText])),
    ...place,
    excerpt: excerptOf(output),
    at: `line ${at.line}`,
  }
}

/** What an output says from a title on, as far as the next verdict. */
function section(output: string, title: string): string {
  const from = Math.max(0, output.indexOf(title))
  const text = output.slice(from)
  const state = text.indexOf('State: ')
  const next = state < 0 ? -1 : text.indexOf('State: ', state + 1)
  return next < 0 ? text : text.slice(0, next)
}

function* vulnersRow(table: XmlNode, place: Place): Generator<Told> {
  const [id, cvss] = [elem(table, 'id'), elem(table, 'cvss')]
  if (id === undefined || cvss === undefined) return
  const score = cvss.trim() === '' ? Number.NaN : Number(cvss)
  yield {
    is: 'finding',
    id: `vulners-${id}`,
    title: id,
    severity: byScore(Number.isNaN(score) ? undefined : score),
    said: cvss,
    ...(Number.isFinite(score) && { cvss: score }),
    cves: cvesIn(id),
    ...place,
    excerpt: elem(table, 'is_exploit') === 'true' ? 'an exploit is public' : '',
    at: `line ${table.line}`,
  }
}

function elem(table: XmlNode, key: string): string | undefined {
  return childrenOf(table, 'elem').find(({ attributes }) => attributes['key'] === key)?.text
}

/** All tables below an element, at any depth. */
function tablesIn(node: XmlNode): XmlNode[] {
  return childrenOf(node, 'table').flatMap((table) => [table, ...tablesIn(table)])
}
