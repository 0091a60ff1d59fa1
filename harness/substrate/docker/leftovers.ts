import { messageOf } from '../../kernel/errors.ts'
import { callEngine } from './engine-call.ts'
import type { Endpoint } from './endpoint.ts'

/** A container, network or volume with its labels. */
export interface Labelled {
  readonly kind: 'container' | 'network' | 'volume'
  readonly id: string
  readonly labels: Readonly<Record<string, unknown>>
}

// Containers first: a network or a volume in use cannot be removed.
const kinds = [
  { kind: 'container', list: '/containers/json?all=1&', remove: (id: string) => `/containers/${id}?force=1&v=1` },
  { kind: 'network', list: '/networks?', remove: (id: string) => `/networks/${id}` },
  { kind: 'volume', list: '/volumes?', remove: (id: string) => `/volumes/${id}?force=1` },
] as const

/** Everything on the engine whose labels match `label`: a key, or `key=value`. */
export async function listLabelled(endpoint: Endpoint, label: string): Promise<Labelled[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }))
  const lists = await Promise.all(
    kinds.map(async ({ kind, list }) => {
      const { status, body } = await callEngine(endpoint, 'GET', `${list}filters=${filters}`)
      if (status !== 200) throw new Error(`the engine answered ${status} to a list of ${kind}s`)
      return rowsOf(body).flatMap((row): Labelled[] => {
        const id = row['Id'] ?? row['Name']
        return typeof id === 'string' ? [{ kind, id, labels: recordOf(row['Labels']) }] : []
      })
    }),
  )
  return lists.flat()
}

/** Removes things, containers first. Returns what went wrong, in words; "already gone" is not wrong. */
export async function removeAll(endpoint: Endpoint, things: readonly Labelled[]): Promise<string[]> {
  const troubles: string[] = []
  for (const { kind, remove } of kinds) {
    const these = things.filter((thing) => thing.kind === kind)
    await Promise.all(
      these.map(async ({ id }) => {
        try {
          const { status, body } = await callEngine(endpoint, 'DELETE', remove(encodeURIComponent(id)))
          // 404: gone. 409 on a container: its removal is under way already.
          const fine = status < 300 || status === 404 || (kind === 'container' && status === 409)
          if (!fine) troubles.push(`${kind} ${id.slice(0, 12)}: ${status} ${messageIn(body)}`)
        } catch (error) {
          troubles.push(`${kind} ${id.slice(0, 12)}: ${messageOf(error)}`)
        }
      }),
    )
  }
  return troubles
}

/** Removes all that carries the label. `count` is how many there were. */
export async function removeLabelled(
  endpoint: Endpoint,
  label: string,
): Promise<{ readonly count: number; readonly troubles: string[] }> {
  try {
    const things = await listLabelled(endpoint, label)
    return { count: things.length, troubles: await removeAll(endpoint, things) }
  } catch (error) {
    return { count: 0, troubles: [messageOf(error)] }
  }
}

// /volumes answers { Volumes: [...] or null }, the others a bare list.
function rowsOf(body: unknown): Record<string, unknown>[] {
  const rows = Array.isArray(body) ? body : recordOf(body)['Volumes']
  return Array.isArray(rows) ? rows.map(recordOf) : []
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

// A refusal is { message: "..." }.
function messageIn(body: unknown): string {
  const { message } = recordOf(body)
  return typeof message === 'string' ? message : ''
}
