import { expect, test } from 'vitest'
import type { ExecResult } from '../../substrate/index.ts'
import { declaredState } from '../declared.ts'
import { waitForPorts } from './wait-for-ports.ts'

const declared = declaredState.parse({ ports: [8080], services: [{ unit: 'web.service' }] })
const listening = '   0: 00000000:1F90 00000000:0000 0A 00000000:00000000\n'

/** Asks a host that gives one answer after the other, and the last for ever. @returns how often it was asked */
async function asked(answers: readonly string[], deadlineMs = 5_000, wanted = declared): Promise<number> {
  let count = 0
  const exec = async (): Promise<ExecResult> => {
    const stdout = answers[Math.min(count++, answers.length - 1)] ?? ''
    return { exitCode: 0, stdout, stderr: '' }
  }
  await waitForPorts({ name: 'host', exec }, wanted, { deadlineMs })
  return count
}

test('a service that is active gets the time to listen', async () => {
  expect(await asked(['states\nactive\n', 'states\nactive\n', `${listening}states\nactive\n`])).toBe(3)
})

test('nobody waits for a service that does not run', async () => {
  expect(await asked(['states\ninactive\n'])).toBe(1)
  expect(await asked(['states\nfailed\n'])).toBe(1)
})

test('nobody waits where no port is declared', async () => {
  expect(await asked([], 5_000, declaredState.parse({}))).toBe(0)
})

test('a port that stays silent ends the wait at its deadline, and is for a check to tell', async () => {
  expect(await asked(['states\nactive\n'], 450)).toBeGreaterThan(1)
})
