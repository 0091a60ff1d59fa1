import { SaxesParser } from 'saxes'

/** Strict readers of what the formats write, for tests: each throws at the first thing that is wrong. */

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

/** XML 1.0, well-formed or not at all. */
export function readXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', (more) => {
    const last = open.at(-1)
    if (last !== undefined) last.text += more
  })
  parser.write(text).close()
  const [top] = root.children
  if (top === undefined) throw new Error('no element')
  return top
}

/** All elements of that name, at any depth. */
export function elements(root: XmlElement, name: string): XmlElement[] {
  return root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elements(child, name)])
}

export interface MetricSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const metricName = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const labelPair = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^\\n"\\\\]|\\\\[n"\\\\])*"'
const realNumber = '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:e[+-]?\\d+)?'
const sampleLine = new RegExp(`^(${metricName})(?:\\{((?:${labelPair})(?:,${labelPair})*)\\})? (${realNumber})$`)
const descriptorLine = new RegExp(`^# (TYPE|UNIT|HELP) (${metricName}) ([^\\n]*)$`)

/** OpenMetrics text 1.0: its grammar, and what it demands of units, states and families. */
export function readOpenMetrics(text: string): MetricSample[] {
  if (!text.endsWith('\n# EOF\n')) throw new Error('no # EOF at the end')
  const samples: MetricSample[] = []
  const types = new Map<string, string>()
  const seen = new Set<string>()
  let family = ''
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const [, kind, of, told] = descriptorLine.exec(line) ?? []
    if (kind !== undefined && of !== undefined && told !== undefined) {
      if (kind === 'TYPE' && types.has(of)) throw new Error(`family ${of} occurs twice`)
      if (kind === 'TYPE') types.set((family = of), told)
      if (of !== family) throw new Error(`${kind} of ${of} inside ${family}`)
      if (kind === 'UNIT' && !of.endsWith(`_${told}`)) throw new Error(`${of} does not end in ${told}`)
      continue
    }
    const [, name, pairs, value] = sampleLine.exec(line) ?? []
    if (name === undefined || value === undefined) throw new Error(`neither descriptor nor sample: ${line}`)
    const type = types.get(family)
    if (name !== family + (type === 'info' ? '_info' : '')) throw new Error(`sample ${name} inside ${family}`)
    const labels = readLabels(pairs ?? '')
    const key = JSON.stringify([name, labels])
    if (seen.has(key)) throw new Error(`${line} occurs twice`)
    seen.add(key)
    if (type === 'stateset' && (labels[family] === undefined || !/^[01]$/.test(value)))
      throw new Error(`no state: ${line}`)
    samples.push({ name, labels, value: Number(value) })
  }
  return samples
}

function readLabels(pairs: string): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const [, name, value] of pairs.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^\n"\\]|\\[n"\\])*)"/g)) {
    if (name === undefined || value === undefined) continue
    if (name in labels) throw new Error(`label ${name} occurs twice`)
    labels[name] = value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
  }
  return labels
}

export interface WorkflowCommand {
  readonly command: string
  readonly title: string
  readonly message: string
}

/**
 * What the runner of GitHub Actions would obey in a log: `::name key=value::data` at the start of
 * a line, after white space, and the older `##[name]` anywhere in a line.
 */
export function readWorkflowCommands(log: string): WorkflowCommand[] {
  const decode = (text: string): string =>
    text
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%')
  return log.split(/\r\n|\r|\n/).flatMap((line): WorkflowCommand[] => {
    const [, command, properties, message] = /^\s*::([^\s:]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/.exec(line) ?? []
    if (command !== undefined) {
      const title = /(?:^|,)title=([^,]*)/.exec(properties ?? '')?.[1] ?? ''
      return [{ command, title: decode(title), message: decode(message ?? '') }]
    }
    const old = /##\[([^\]]+)\]/.exec(line)?.[1]
    return old === undefined ? [] : [{ command: old, title: '', message: '' }]
  })
}
