import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { waitFor } from '../kernel/index.ts'
import { listLabelled } from './docker/leftovers.ts'
import { requireEngine } from './docker/engine.ts'
import { runLabel } from './run-labels.ts'

const told = z.object({ run: z.string(), child: z.number(), folder: z.string(), host: z.string(), port: z.number() })

interface RunProgram extends z.infer<typeof told>, AsyncDisposable {
  readonly process: ChildProcess
}

/** Starts fixtures/programs/open-run.ts and waits until it has told what it started. */
async function startProgram(): Promise<RunProgram> {
  const program = new URL('../../fixtures/programs/open-run.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const facts = told.parse(JSON.parse(line))
    const dispose = async (): Promise<void> => {
      child.kill('SIGKILL')
      await allGone(facts)
    }
    return { ...facts, process: child, [Symbol.asyncDispose]: dispose }
  }
  throw new Error('the program ended without a word')
}

/** What is left of a run: containers, networks, volumes, its child process, its reaper, its folder. */
async function remains({ run, child, folder }: Pick<RunProgram, 'run' | 'child' | 'folder'>): Promise<string[]> {
  const { endpoint } = await requireEngine()
  const things = (await listLabelled(endpoint, `${runLabel}=${run}`)).map(({ kind }) => kind)
  const processes = existsSync(`/proc/${child}`) ? ['process'] : []
  const reaper = commandLines().some((line) => line.includes('reaper') && line.includes(run)) ? ['reaper'] : []
  return [...things, ...processes, ...reaper, ...(existsSync(folder) ? ['folder'] : [])].toSorted()
}

function commandLines(): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')] : []
    } catch {
      return []
    }
  })
}

async function allGone(facts: Pick<RunProgram, 'run' | 'child' | 'folder'>): Promise<void> {
  await waitFor(
    `run ${facts.run} to be gone`,
    async () => {
      const left = await remains(facts)
      return left.length === 0 ? { done: true } : { seen: left.join(', ') }
    },
    { deadlineMs: 5_000 },
  )
}

const everything = ['container', 'folder', 'network', 'process', 'reaper', 'volume']

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  test(`a run that dies of ${signal} leaves nothing behind within 5 s, and a run beside it goes on`, async () => {
    await using dying = await startProgram()
    await using beside = await startProgram()
    expect(await remains(dying)).toEqual(everything)

    dying.process.kill(signal)
    await allGone(dying)

    expect(await remains(beside)).toEqual(everything)
    const answer = await fetch(`http://${beside.host}:${beside.port}/`)
    expect(await answer.text()).toBe('ready\n')
  }, 30_000)
}
