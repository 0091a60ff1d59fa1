import { SaxesParser } from 'saxes'
import { BrokenReport } from './broken.ts'

/** An element with all that is in it. */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
  readonly children: XmlNode[]
  readonly line: number
}

/** An element that begins, without what is in it; or one that was asked for, whole. */
export type XmlEvent =
  | { readonly is: 'open'; readonly node: XmlNode; readonly parent: string | undefined }
  | { readonly is: 'whole'; readonly node: XmlNode; readonly parent: string | undefined }

/** No format has more than a dozen. */
const deepest = 200
/** Characters without any event: an attribute or a text that only fills memory. */
const longestPiece = 8 * 1024 * 1024
/** Characters of one element that is kept whole. */
const largestWhole = 32 * 1024 * 1024
/** Elements in one that is kept whole: a host of nmap with all its ports has less. */
const mostInWhole = 400_000

/**
 * The elements of a document one after another; those called as in `wholes` with all that is in them, all others empty.
 * Entities are never expanded, and a document that declares some is refused.
 *
 * @throws BrokenReport where it stops being XML, is cut off, or is made to fill memory
 */
export async function* readXml(text: AsyncIterable<string>, wholes: ReadonlySet<string>): AsyncGenerator<XmlEvent> {
  const parser = new SaxesParser()
  const open: string[] = []
  const whole: XmlNode[] = []
  let ready: XmlEvent[] = []
  let [quiet, held, parts] = [0, 0, 0]
  const refuse = (why: string): never => {
    throw new BrokenReport('broken', why, parser.line)
  }
  const heard = (): void => {
    quiet = 0
  }
  const words = (content: string): void => {
    heard()
    const inner = whole.at(-1)
    if (inner !== undefined) inner.text += content
  }
  // Six handlers and no more: with eight, V8 keeps the parser as a dictionary, and it is seven times slower.
  parser.on('error', (error) => refuse(`it is no XML: ${error.message.replace(/^\d+:\d+: /, '')}`))
  parser.on('doctype', (doctype) => {
    heard()
    if (/<!ENTITY/i.test(doctype)) refuse('it declares entities, which no scanner does; none is expanded')
  })
  parser.on('text', words)
  parser.on('cdata', words)
  parser.on('opentag', ({ name, attributes }) => {
    heard()
    const node: XmlNode = { name, attributes, text: '', children: [], line: parser.line }
    const parent = open.at(-1)
    open.push(name)
    if (open.length > deepest) refuse(`its elements are nested more than ${deepest} deep`)
    const outer = whole.at(-1)
    if (outer !== undefined) outer.children.push(node)
    parts = outer === undefined ? 0 : parts + 1
    if (parts > mostInWhole) refuse(`one element of it holds more than ${mostInWhole} others`)
    if (outer !== undefined || wholes.has(name)) whole.push(node)
    else ready.push({ is: 'open', node, parent })
  })
  parser.on('closetag', () => {
    heard()
    open.pop()
    const node = whole.pop()
    if (node === undefined || whole.length > 0) return
    held = 0
    ready.push({ is: 'whole', node, parent: open.at(-1) })
  })
  for await (const chunk of text) {
    quiet += chunk.length
    held = whole.length > 0 ? held + chunk.length : 0
    parser.write(chunk)
    if (quiet > longestPiece) refuse(`one piece of it has more than ${longestPiece} characters`)
    if (held > largestWhole) refuse(`one element of it has more than ${largestWhole} characters`)
    const events = ready
    ready = []
    yield* events
  }
  parser.close()
  yield* ready
}

/** The text of the first child of this name, without white space around it; undefined when there is none. */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text.trim()
}

export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return node?.children.filter((child) => child.name === name) ?? []
}

export function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name)
}

/** The first tag of a document, past its declaration, comments and document type: `nmaprun args="..."`. */
export function rootTag(start: string): string | undefined {
  const rest = start.replace(
    /^\uFEFF?\s*(?:<\?[^>]*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>\s*)*/i,
    '',
  )
  return /^<([A-Za-z_][^>]*)/.exec(rest)?.[1]
}
