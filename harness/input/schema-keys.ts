import { z } from 'zod'

/** Names of the keys that the schema knows at a path, over all its variants. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const root: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })
  let nodes = variants(root)
  for (const key of path) nodes = nodes.flatMap((node) => variants(child(node, key)))
  return [...new Set(nodes.flatMap((node) => Object.keys(isObject(node['properties']) ? node['properties'] : {})))]
}

type Node = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function variants(node: unknown): Node[] {
  if (!isObject(node)) return []
  const lists: unknown[] = [node['anyOf'], node['oneOf'], node['allOf']]
  return [node, ...lists.flatMap((list) => (Array.isArray(list) ? list.flatMap(variants) : []))]
}

function child(node: Node, key: PropertyKey): unknown {
  if (typeof key === 'number') return node['items']
  const properties = node['properties']
  const own = isObject(properties) ? properties[String(key)] : undefined
  return own ?? node['additionalProperties']
}
