import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startGroup } from '../../substrate/index.ts'
import type { Cluster } from '../cluster.ts'
import { replicationLogin } from '../cluster.ts'
import type { Node } from '../engines/engine.ts'
import { drillLogin } from '../engines/engine.ts'
import type { Promotion } from '../procedure.ts'

/** Where a node is reached from this machine; kept from before the fault, because a dead node has no address. */
export type Addresses = ReadonlyMap<Node, string>

export async function addressesOf(cluster: Cluster): Promise<Addresses> {
  const known = await Promise.all(
    cluster.nodes.map(async (node) => {
      const { host, port } = await cluster.address(node)
      return [node, `${host}:${port}`] as const
    }),
  )
  return new Map(known)
}

export interface ScriptOptions {
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly cwd: string
  readonly addresses: Addresses
  readonly deadlineMs: number
}

// The package carries the client compiled, so it is searched for with the ending of this very file.
const client = fileURLToPath(new URL(`./sql-client${extname(fileURLToPath(import.meta.url))}`, import.meta.url))
const notedLines = 40

/**
 * Runs a script of the user on this machine, and gives the new primary. A line `promoted=NODE` on its standard output
 * leads clients there at once, and the script goes on; without one the candidate is it when the script has ended.
 *
 * @throws Error when it ends with another exit code than 0, names a node that cannot be it, or does not end in time; the
 *   signal's reason when the run is ended from outside
 */
export async function runScript(options: ScriptOptions, promotion: Promotion): Promise<Node> {
  const { survivors, pointClientsTo, note, signal } = promotion
  signal?.throwIfAborted()
  const folder = await mkdtemp(join(promotion.folder ?? tmpdir(), 'seatrial-runbook-'))
  try {
    const sql = join(folder, 'sql')
    await writeFile(sql, `#!/bin/sh\nexec '${process.execPath}' '${client}' "$@"\n`, { mode: 0o700 })
    let led: Node | undefined
    let noted = 0
    await runToEnd(options, environmentOf(promotion, options.addresses, sql), signal, async (line) => {
      if (noted++ < notedLines) note(`runbook: ${line.slice(0, 200)}`)
      const [, said] = /^promoted=(.*)$/.exec(line.trim()) ?? []
      if (said === undefined) return
      const node = survivors.find((each) => namesOf(each, promotion.cluster, options.addresses).includes(said))
      if (node === undefined) {
        const wanted = survivors.map(({ name }) => name).join(', ')
        throw new Error(`the runbook printed ${JSON.stringify(line)}, and the nodes that can be promoted are ${wanted}`)
      }
      if (node === led) return
      led = node
      await pointClientsTo(node)
    })
    if (led === undefined) await pointClientsTo(survivors[0])
    return led ?? survivors[0]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function namesOf(node: Node, cluster: Cluster, addresses: Addresses): readonly string[] {
  return [node.name, inside(node, cluster), addresses.get(node) ?? node.name]
}

const inside = (node: Node, { engine }: Cluster): string => `${node.name}:${engine.port}`

function environmentOf(
  { cluster, lost, survivors, planned }: Promotion,
  addresses: Addresses,
  sql: string,
): Record<string, string> {
  const outside = (node: Node): string => addresses.get(node) ?? ''
  const [candidate] = survivors
  const own = Object.entries(process.env).filter(([name]) =>
    ['PATH', 'HOME', 'LANG', 'TMPDIR', 'DOCKER_HOST'].includes(name),
  )
  return {
    ...Object.fromEntries(own.map(([name, value]) => [name, value ?? ''])),
    SEATRIAL_ENGINE: cluster.engine.id,
    SEATRIAL_PRIMARY: outside(lost),
    SEATRIAL_CANDIDATE: outside(candidate),
    SEATRIAL_REPLICAS: survivors.map(outside).join(' '),
    SEATRIAL_PRIMARY_INSIDE: inside(lost, cluster),
    SEATRIAL_CANDIDATE_INSIDE: inside(candidate, cluster),
    SEATRIAL_REPLICAS_INSIDE: survivors.map((node) => inside(node, cluster)).join(' '),
    SEATRIAL_PLANNED: planned === true ? '1' : '0',
    SEATRIAL_USER: drillLogin.user,
    SEATRIAL_PASSWORD: drillLogin.password,
    SEATRIAL_REPLICATION_USER: replicationLogin.user,
    SEATRIAL_REPLICATION_PASSWORD: replicationLogin.password,
    SEATRIAL_SQL: sql,
  }
}

/** In a process group of its own, which ends with it: nothing of the runbook goes on behind the drill's back. */
async function runToEnd(
  { command, cwd, deadlineMs }: ScriptOptions,
  env: Record<string, string>,
  signal: AbortSignal | undefined,
  heard: (line: string) => Promise<void>,
): Promise<void> {
  const group = startGroup(command, { cwd, env, timeoutMs: deadlineMs, signal })
  let complaint = ''
  group.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint = (complaint + chunk).slice(-2_000)))
  try {
    for await (const line of createInterface({ input: group.stdout })) await heard(line)
    const end = await group.ended
    signal?.throwIfAborted()
    if (end.kind === 'absent') throw new Error(`the runbook could not be started: ${end.why}`)
    const said = complaint.trim() === '' ? 'it says nothing on standard error' : complaint.trim()
    if (end.kind === 'hung') throw new Error(`the runbook did not end within ${end.afterMs / 1000} s: ${said}`)
    if (end.code !== 0) throw new Error(`the runbook ended with ${end.code ?? end.by ?? 'nothing'}: ${said}`)
  } finally {
    group.end()
  }
}
