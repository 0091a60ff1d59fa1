import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import type { InventoryProblem } from './inventory.ts'

/** A file of YAML or JSON, with the lines of what it says. */
export interface YamlLines {
  readonly value: unknown
  /** Line of what stands at a path, or of the nearest thing around it. Of an entry of a map it is that of its key. */
  readonly lineAt: (path: readonly PropertyKey[]) => number
  readonly problems: readonly InventoryProblem[]
}

/** It never throws: what is wrong with the text is in `problems`. */
export function parseYamlLines(text: string): YamlLines {
  const lines = new LineCounter()
  // Ansible knows merge keys, and YAML 1.1 has them.
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false })
  const lineOf = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const problems = document.errors.map(({ message, pos }) => ({
    line: lineOf(pos[0]),
    given: message.split('\n')[0] ?? '',
    wanted: 'YAML or JSON',
  }))
  if (problems.length > 0) return { value: undefined, lineAt: () => 1, problems }
  try {
    return {
      value: document.toJS(),
      lineAt: (path) => lineOf(offsetAt(document, path)),
      problems,
    }
  } catch (error) {
    // Aliases of aliases, which would fill the memory.
    const given = error instanceof Error ? error.message : String(error)
    return { value: undefined, lineAt: () => 1, problems: [{ line: 1, given, wanted: 'YAML that can be taken apart' }] }
  }
}

function offsetAt(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const around = document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    if (isMap(around)) {
      const pair = around.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
      if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0] ?? 0
    }
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}
