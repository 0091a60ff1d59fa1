/** Parameters of a request: names and values, decoded, in the order in which they came. */
export type Pairs = readonly (readonly [name: string, value: string])[]

/** A parameter with a dotted name is a path: `BlockDeviceMapping.1.Ebs.VolumeSize=8`. */
export interface Node {
  value?: string
  children?: Map<string, Node>
}

/** Text that is no `application/x-www-form-urlencoded`: an escape that is none, or bytes that are no UTF-8. */
export class MalformedForm extends Error {}

/**
 * Reads a query string or a form body.
 *
 * @throws MalformedForm
 */
export function readForm(text: string): Pairs {
  if (text === '') return []
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const at = piece.indexOf('=')
      return at === -1
        ? ([decode(piece), ''] as const)
        : ([decode(piece.slice(0, at)), decode(piece.slice(at + 1))] as const)
    })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text)
  } catch (error) {
    throw new MalformedForm(`${text.slice(0, 80)} is not percent-encoded UTF-8`, { cause: error })
  }
}

/** A tree of the dotted names; of a name that comes twice the last counts. */
export function treeOf(pairs: Pairs): Map<string, Node> {
  const root: Node = { children: new Map() }
  for (const [name, value] of pairs) {
    let node = root
    for (const step of name.includes('.') ? name.split('.') : [name]) {
      node.children ??= new Map()
      let next = node.children.get(step)
      if (next === undefined) node.children.set(step, (next = {}))
      node = next
    }
    node.value = value
  }
  return root.children ?? new Map<string, Node>()
}
