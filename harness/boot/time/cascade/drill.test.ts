import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCheck } from '../../../kernel/index.ts'
import { cascade as cascadeCheck } from '../../checks/cascade.ts'
import { cascade } from './drill.ts'
import { cascadeEntry } from './section.ts'
import type { CascadeSeen } from './seen.ts'

const healing = (name: string): string =>
  fileURLToPath(new URL(`../../../../fixtures/boot/healing/${name}`, import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-healing-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Each has processes of its own; they wait more than they reckon. */
const slow = { timeout: 90_000, concurrent: true }

async function drilled(controller: string, more: object = {}, seed = 1): Promise<CascadeSeen> {
  const entry = cascadeEntry.parse({
    name: 'healing',
    controller: ['node', controller],
    hosts: 6,
    units: 1,
    quietSeconds: 0.5,
    timeoutSeconds: 45,
    ...more,
  })
  return cascade(entry, { baseFolder: folder, seed, signal: new AbortController().signal, progress: () => {} })
}

function rulesOf(seen: CascadeSeen): string[] {
  return runCheck(cascadeCheck, seen).findings.map(({ rule }) => rule)
}

/** The safe one with one place changed, as somebody does who means well. */
async function changed(name: string, from: string, to: string): Promise<string> {
  const text = await readFile(healing('safe.mjs'), 'utf8')
  if (text.split(from).length !== 2) throw new Error(`${from} stands not once in safe.mjs`)
  const file = join(folder, name)
  await writeFile(file, text.replace(from, to))
  return file
}

test('without a threshold one failing agent takes all hosts out of service', slow, async () => {
  const seen = await drilled(healing('naive.mjs'))
  expect(seen).toMatchObject({ end: 'all-marked', lost: 6, asked: undefined })
  expect(seen.marked.toSorted()).toEqual(['host-1', 'host-2', 'host-3', 'host-4', 'host-5', 'host-6'])
  expect(rulesOf(seen)).toEqual(['boot/cascade-unbounded'])
})

test.for([1, 2])('with a threshold of %i it stops there, asks a human and leaves the others alone', slow, async (k) => {
  const seen = await drilled(healing('safe.mjs'), { threshold: k })
  expect(seen).toMatchObject({ end: 'asked', markedAfterStop: [] })
  expect(seen.marked).toHaveLength(k)
  // Of each host that it broke, and of the one that was made to fail after it had stopped.
  expect(seen.lost).toBeLessThanOrEqual(k + 1)
  expect(rulesOf(seen)).toEqual([])
})

test('the seed chooses the host that fails first', slow, async () => {
  const first = await Promise.all(
    [1, 1, 3].map(async (seed) => (await drilled(healing('safe.mjs'), {}, seed)).marked[0]),
  )
  expect(first[0]).toBe(first[1])
  expect(first[2]).not.toBe(first[0])
})

test('one that stops and tells nobody is found', slow, async () => {
  const file = await changed('silent.mjs', "await post('/investigate', ", 'console.log(')
  expect(rulesOf(await drilled(file))).toEqual(['boot/cascade-unreported'])
})

test('one that asks and goes on is found', slow, async () => {
  const file = await changed('deaf.mjs', 'process.exit(0)', 'marked = 0')
  const rules = rulesOf(await drilled(file, { quietSeconds: 3 }))
  expect(rules).toContain('boot/cascade-resumed')
})

test('one that heals nothing cannot be judged', slow, async () => {
  const file = join(folder, 'idle.mjs')
  await writeFile(file, 'setInterval(() => {}, 1000)\n')
  await expect(drilled(file, { timeoutSeconds: 2 })).rejects.toMatchObject({
    code: 'SEATRIAL_HEALS_NOTHING',
    because: 'prerequisite',
    message: expect.stringContaining('2024-02-28'),
  })
})

test('a program that is absent, and agents that start on the day, are told', slow, async () => {
  const entry = { controller: ['./absent'], timeoutSeconds: 2 }
  await expect(drilled('', entry)).rejects.toMatchObject({ cause: { message: expect.stringContaining('ENOENT') } })
  await expect(drilled(healing('safe.mjs'), { date: '2024-03-01' })).rejects.toMatchObject({
    code: 'SEATRIAL_NOTHING_FAILS',
  })
})

test('fewer hosts than a cascade needs are refused', () => {
  const parsed = cascadeEntry.safeParse({ name: 'x', controller: ['x'], hosts: 5, threshold: 2 })
  expect(parsed.error?.issues[0]?.message).toContain('at least four hosts more than the threshold')
})
