import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ownerState, ownIdentity } from './process-identity.ts'

test('a process that runs is alive', () => {
  expect(ownerState(ownIdentity())).toBe('alive')
  expect(ownIdentity()).toEqual(ownIdentity())
})

test('a process that ended is gone', async () => {
  const child = spawn('true')
  await once(child, 'exit')
  expect(ownerState({ ...ownIdentity(), pid: child.pid ?? 0 })).toBe('gone')
})

test('another process that got the same number is not the owner: the owner is gone', () => {
  expect(ownerState({ ...ownIdentity(), started: '1' })).toBe('gone')
})

test('a process before the last boot of this machine is told as such', () => {
  expect(ownerState({ ...ownIdentity(), boot: 'earlier' })).toBe('before-boot')
})

test.each(['host', 'namespace'] as const)('a process of another %s cannot be judged', (key) => {
  expect(ownerState({ ...ownIdentity(), pid: 4_000_000, [key]: 'another' })).toBe('elsewhere')
})
