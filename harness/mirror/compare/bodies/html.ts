import type { BodyComparer } from '../body-comparer.ts'
import type { Difference } from '../difference.ts'
import { differ } from '../difference.ts'
import { align } from '../html/align.ts'
import type { Tree } from '../html/tree.ts'
import { openReader } from '../html/tree.ts'
import { text } from './text.ts'

/** Bytes of a page that is read as one; a larger one would keep the mirror from its clients, and is compared by its lines. */
const largest = 256 * 1_024

/**
 * Pages, node by node as a browser reads them (HTML section 13.2). White space that nobody sees and the order of attributes say
 * nothing. A place is named by the elements above it, without numbers: `html body > ul > li @class`, `html head > title text`.
 */
export const html: BodyComparer = {
  id: 'html',
  takes: (type) => type === 'text/html' || type === 'application/xhtml+xml',
  compare(primary, candidate, rules) {
    if (Math.max(primary.length, candidate.length) > largest) return text.compare(primary, candidate, rules)
    const read = openReader()
    const [a, b] = [pageOf(primary, read), pageOf(candidate, read)]
    return a === undefined || b === undefined ? undefined : [...ofChildren(a.children, b.children, [])]
  },
}

function pageOf(bytes: Uint8Array, read: (text: string) => Tree | undefined): Tree | undefined {
  try {
    return read(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function* ofChildren(a: readonly Tree[], b: readonly Tree[], path: readonly string[]): Generator<Difference> {
  const [own, its] = withoutEnds(a, b)
  if (own.length === 0 && its.length === 0) return
  if (isReordered(own, its)) {
    yield { place: `${placeOf(path)} order`, kind: 'changed', primary: namesOf(own), candidate: namesOf(its) }
    return
  }
  for (const [here, there] of align(own, its)) {
    if (here === undefined) yield differ(childPlace(there, path), undefined, contentOf(there))
    else if (there === undefined) yield differ(childPlace(here, path), contentOf(here), undefined)
    else if (here.id !== there.id) yield* ofNodes(here, there, path)
  }
}

function* ofNodes(a: Tree, b: Tree, path: readonly string[]): Generator<Difference> {
  if (a.name.startsWith('#')) {
    const from = firstDifference(a.text, b.text)
    yield differ(childPlace(a, path), a.text.slice(from), b.text.slice(from))
    return
  }
  const below = [...path, a.name]
  for (const name of new Set([...a.attributes.keys(), ...b.attributes.keys()])) {
    const [here, there] = [a.attributes.get(name), b.attributes.get(name)]
    if (here !== there) yield differ(`${placeOf(below)} @${name}`, here, there)
  }
  yield* ofChildren(a.children, b.children, below)
}

/** Without what is the same at the beginning and at the end: one that was put in does not move its neighbours. */
function withoutEnds(a: readonly Tree[], b: readonly Tree[]): readonly [readonly Tree[], readonly Tree[]] {
  let from = 0
  while (from < Math.min(a.length, b.length) && a[from]?.id === b[from]?.id) from++
  let behind = 0
  while (behind < Math.min(a.length, b.length) - from && a.at(-1 - behind)?.id === b.at(-1 - behind)?.id) behind++
  return [a.slice(from, a.length - behind), b.slice(from, b.length - behind)]
}

function isReordered(a: readonly Tree[], b: readonly Tree[]): boolean {
  const inOrder = (trees: readonly Tree[]): string =>
    trees
      .map(({ id }) => id)
      .toSorted((x, y) => x - y)
      .join()
  return a.length === b.length && inOrder(a) === inOrder(b)
}

/** The element `html` is above all others, and its name is that of the content too. */
function placeOf(path: readonly string[]): string {
  return path.length === 0
    ? 'html'
    : path.length === 1 && path[0] === 'html'
      ? 'html'
      : `html ${path.slice(1).join(' > ')}`
}

function childPlace({ name }: Tree, path: readonly string[]): string {
  return name.startsWith('#') ? `${placeOf(path)} ${name.slice(1)}` : placeOf([...path, name])
}

function namesOf(trees: readonly Tree[]): string {
  return trees.map((each) => `${each.name} ${contentOf(each)}`.trim()).join(', ')
}

/** What can be read in a node, or its attributes where nothing can. */
function contentOf(tree: Tree): string {
  const words = wordsOf(tree)
  return words === '' ? [...tree.attributes].map(([name, value]) => `${name}=${value}`).join(' ') : words
}

function wordsOf({ text: own, children }: Tree): string {
  return [own, ...children.map(wordsOf)].filter((words) => words !== '').join(' ')
}

/** Where two long texts part, with a few words before it. */
function firstDifference(a: string, b: string): number {
  if (Math.max(a.length, b.length) <= 150) return 0
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return Math.max(0, at - 30)
}
