import type { DefaultTreeAdapterTypes } from 'parse5'
import { parse } from 'parse5'

/** A node of a page, as far as it says something. */
export interface Tree {
  /** `li`, `input[name=email]`, `#text`, `#comment` or `#doctype`: equal for nodes that stand for each other. */
  readonly name: string
  /** Equal for nodes that are equal with all that is below them. */
  readonly id: number
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Tree[]
  /** Of a text, a comment or a document type. */
  readonly text: string
}

/** Elements below elements; browsers stop at 512 themselves. */
const deepest = 512
/** Elements that stand in a line of text, where a space before or behind them is seen (HTML section 15.3). */
const inline = new Set(
  'a abbr b bdi bdo button cite code data del dfn em i img input ins kbd label mark meter output progress q s samp select small span strong sub sup svg textarea time u var wbr #comment'.split(
    ' ',
  ),
)
/** Elements in which each space stands for itself. */
const verbatim = new Set(['pre', 'textarea', 'listing', 'script', 'style'])
/** What tells one element from its neighbours of the same kind, beyond its place. */
const telling: Readonly<Record<string, readonly string[]>> = {
  input: ['name', 'type'],
  meta: ['name', 'property', 'http-equiv'],
  link: ['rel'],
}

/**
 * Pages as trees that can be held against each other: ids are the same for what is the same in any of them.
 *
 * @returns a reader of texts; it gives undefined for a page that is nested too deeply
 */
export function openReader(): (text: string) => Tree | undefined {
  const ids = new Map<string, number>()
  const tree = (
    name: string,
    { attributes = new Map<string, string>(), children = [], text = '' }: Partial<Omit<Tree, 'name' | 'id'>>,
  ): Tree => {
    const key = JSON.stringify([name, [...attributes], children.map(({ id }) => id), text])
    const id = ids.get(key) ?? ids.size
    ids.set(key, id)
    return { name, id, attributes, children, text }
  }
  const element = (node: DefaultTreeAdapterTypes.Element): Tree => {
    // Their order says nothing.
    const attributes = new Map(
      node.attrs
        .map(({ name, value, prefix = '' }) => [prefix === '' ? name : `${prefix}:${name}`, value] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )
    const below = isTemplate(node) ? [node.content, node] : [node]
    return tree(nameOf(node.tagName, attributes), {
      attributes,
      children: below.flatMap((each) => childrenOf(each, node.tagName)),
    })
  }
  const childrenOf = (parent: DefaultTreeAdapterTypes.ParentNode, parentName: string): Tree[] => {
    const { childNodes } = parent
    return childNodes.flatMap((node, at) => {
      if ('tagName' in node) return [element(node)]
      if ('data' in node) return [tree('#comment', { text: node.data.trim() })]
      if ('publicId' in node)
        return [tree('#doctype', { text: `${node.name} ${node.publicId} ${node.systemId}`.trim() })]
      const beside = [childNodes[at - 1]?.nodeName ?? parentName, childNodes[at + 1]?.nodeName ?? parentName] as const
      const text = verbatim.has(parentName) ? node.value : seen(node.value, beside)
      return text === '' ? [] : [tree('#text', { text })]
    })
  }
  return (text) => {
    const document = parse(text)
    return isTooDeep(document) ? undefined : tree('#document', { children: childrenOf(document, '#document') })
  }
}

/** Text as a browser shows it: one space for many, and none at the edge of a block. */
function seen(text: string, [before, after]: readonly [string, string]): string {
  let shown = text.replaceAll(/[\t\n\f\r ]+/g, ' ')
  if (!inline.has(before)) shown = shown.replace(/^ /, '')
  if (!inline.has(after)) shown = shown.replace(/ $/, '')
  return shown
}

function nameOf(tag: string, attributes: ReadonlyMap<string, string>): string {
  for (const attribute of telling[tag] ?? []) {
    const value = attributes.get(attribute)
    // A number in it is an index or an id, which is another one in other answers.
    if (value !== undefined && /^[\w .:[\]-]{1,60}$/.test(value)) {
      return `${tag}[${attribute}=${value.replaceAll(/\d+/g, '0')}]`
    }
  }
  return tag
}

function isTooDeep(document: DefaultTreeAdapterTypes.Document): boolean {
  let level: readonly DefaultTreeAdapterTypes.Node[] = [document]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap((node) => [
      ...('childNodes' in node ? node.childNodes : []),
      ...(isTemplate(node) ? node.content.childNodes : []),
    ])
  }
  return false
}

/** A template holds a document of its own beside its children. */
function isTemplate(node: DefaultTreeAdapterTypes.Node): node is DefaultTreeAdapterTypes.Template {
  return 'content' in node
}
