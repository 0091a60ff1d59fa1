import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchFolder } from '../../fixtures/seatrial.ts'
import { mariadb } from './engines/mariadb.ts'
import type { Node } from './engines/engine.ts'
import type { Cluster } from './cluster.ts'
import { documents } from './procedures/documents.ts'
import type { Promotion } from './procedure.ts'
import { runbookProcedure } from './runbook.ts'
import { runScript } from './runbook/run-script.ts'

/** A cluster of names alone: what a script is told and what it says needs no server. */
const nodes = [1, 2, 3].map((id) => ({ id, name: `node-${id}` })) as unknown as readonly [Node, Node, Node]
const addresses = new Map(nodes.map((node) => [node, `127.0.0.1:${10_000 + node.id}`]))

interface Told {
  readonly led: string[]
  readonly notes: string[]
  readonly promotion: Promotion
}

function promotionOf(): Told {
  const [lost, first, second] = nodes
  const [led, notes]: [string[], string[]] = [[], []]
  // The script sees the engine of the cluster and nothing else of it.
  const cluster = { engine: mariadb, nodes } as unknown as Cluster
  const pointClientsTo = async (node: Node): Promise<void> => void led.push(node.name)
  const note = (what: string): void => void notes.push(what)
  return { led, notes, promotion: { cluster, lost, survivors: [first, second], pointClientsTo, note } }
}

async function tried(script: string, deadlineMs = 10_000): Promise<Told & { readonly promoted: string }> {
  await using scratch = await scratchFolder()
  const file = join(scratch.path, 'promote.sh')
  await writeFile(file, script)
  const told = promotionOf()
  const node = await runScript({ command: ['sh', file], cwd: scratch.path, addresses, deadlineMs }, told.promotion)
  return { ...told, promoted: node.name }
}

test('a script finds every node in its environment, from here and from inside, and no secret of this process', async () => {
  process.env['RUNBOOK_TEST_TOKEN'] = 'hidden'
  const { notes } = await tried(
    'echo "$SEATRIAL_PRIMARY|$SEATRIAL_CANDIDATE|$SEATRIAL_REPLICAS|$SEATRIAL_REPLICAS_INSIDE|${RUNBOOK_TEST_TOKEN-none}"',
  ).finally(() => delete process.env['RUNBOOK_TEST_TOKEN'])
  expect(notes).toEqual([
    'runbook: 127.0.0.1:10001|127.0.0.1:10002|127.0.0.1:10002 127.0.0.1:10003|node-2:3306 node-3:3306|none',
  ])
})

test('clients are led to the candidate at the end of a script that names nobody', async () => {
  expect(await tried('echo done')).toMatchObject({ promoted: 'node-2', led: ['node-2'] })
})

test.each(['node-3', 'node-3:3306', '127.0.0.1:10003'])(
  'a line promoted=%s leads clients there, once',
  async (name) => {
    const script = `echo promoted=${name}; echo 'and goes on'; echo promoted=${name}`
    expect(await tried(script)).toMatchObject({ promoted: 'node-3', led: ['node-3'] })
  },
)

test.each([
  ['echo promoted=node-1', 'the nodes that can be promoted are node-2, node-3'],
  ['echo "no such replica" >&2; exit 4', 'the runbook ended with 4: no such replica'],
  ['exit 4', 'it says nothing on standard error'],
  ['kill -9 $$', 'the runbook ended with SIGKILL'],
])('%s fails the promotion, with what it said', async (script, message) => {
  await expect(tried(script)).rejects.toThrow(message)
})

test('a script that does not end is ended, with all that it had started', async () => {
  await expect(tried('echo waiting >&2; sleep 60 & sleep 60', 300)).rejects.toThrow(
    'the runbook did not end within 0.3 s: waiting',
  )
})

test('a run that is ended from outside ends a running script at once, however stubborn, and leaves no file of it', async () => {
  await using scratch = await scratchFolder()
  const stop = new AbortController()
  const { promotion } = promotionOf()
  const note = (line: string): void => {
    if (line === 'runbook: begun') stop.abort(new Error('ended by SIGINT'))
  }
  const command = ['sh', '-c', 'trap "" INT TERM; sleep 60 & echo begun; sleep 60'] as const
  const began = performance.now()
  await expect(
    runScript(
      { command, cwd: scratch.path, addresses, deadlineMs: 60_000 },
      { ...promotion, note, signal: stop.signal, folder: scratch.path },
    ),
  ).rejects.toThrow('ended by SIGINT')
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(await readdir(scratch.path)).toEqual([])
})

test('what a script leaves in the background keeps nobody waiting', async () => {
  expect((await tried('sleep 60 & echo promoted=node-3')).promoted).toBe('node-3')
})

test('a runbook runs the cluster as its procedure does, and has a name of both', async () => {
  await using scratch = await scratchFolder()
  const file = join(scratch.path, 'mine.sql')
  await writeFile(file, '-- @on candidate\nSTOP SLAVE;')
  expect(await runbookProcedure(file, documents)).toMatchObject({
    id: 'documents with mine.sql',
    engine: documents.engine,
    cluster: documents.cluster,
  })
})

test('a file that cannot be a runbook is refused with what is wanted', async () => {
  await using scratch = await scratchFolder()
  const at = (name: string): string => join(scratch.path, name)
  await mkdir(at('folder'))
  await writeFile(at('empty.sh'), ' \n')
  await writeFile(at('plain.txt'), 'promote it')
  await writeFile(at('wrong.sql'), 'STOP SLAVE;')
  for (const [name, wanted] of [
    ['absent.sh', 'ENOENT'],
    ['folder', 'the folder'],
    ['empty.sh', 'which is empty'],
    ['plain.txt', 'neither executable nor ends in .sh or .sql'],
    ['wrong.sql', 'wrong.sql:1'],
  ] as const) {
    await expect(runbookProcedure(at(name), documents), name).rejects.toThrow(wanted)
  }
  await chmod(at('plain.txt'), 0o755)
  expect((await runbookProcedure(at('plain.txt'), documents)).id).toBe('documents with plain.txt')
})
