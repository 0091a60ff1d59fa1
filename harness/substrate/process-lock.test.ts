import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { alone } from './process-lock.ts'

const deadlineMs = 5_000
const here = new URL('./process-lock.ts', import.meta.url).href

test('two pieces of work under one lock do not overlap, and under two locks they do', async () => {
  const log: string[] = []
  const work = (name: string) => async (): Promise<void> => {
    log.push(`+${name}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
    log.push(`-${name}`)
  }
  const own = `test-${process.pid}`
  await Promise.all([alone(own, work('a'), { deadlineMs }), alone(own, work('b'), { deadlineMs })])
  expect(log).toEqual(['+a', '-a', '+b', '-b'])
  log.length = 0
  await Promise.all([alone(`${own}-1`, work('a'), { deadlineMs }), alone(`${own}-2`, work('b'), { deadlineMs })])
  expect(log.slice(0, 2)).toEqual(['+a', '+b'])
})

test('the lock of a process that was killed is free at once', async () => {
  const name = `killed-${process.pid}`
  const program = `import { alone } from ${JSON.stringify(here)}
    await alone(${JSON.stringify(name)}, () => { console.log('held'); return new Promise((r) => setTimeout(r, 1e6)) }, { deadlineMs: 1 })`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', program])
  await once(holder.stdout, 'data')
  await expect(alone(name, async () => 'mine', { deadlineMs: 200 })).rejects.toThrow('another process holds it')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(await alone(name, async () => 'mine', { deadlineMs: 200 })).toBe('mine')
})

test('work that fails gives the lock back', async () => {
  const name = `failed-${process.pid}`
  const failing = alone(name, () => Promise.reject(new Error('no')), { deadlineMs })
  await expect(failing).rejects.toThrow('no')
  expect(await alone(name, async () => 'mine', { deadlineMs: 200 })).toBe('mine')
})
