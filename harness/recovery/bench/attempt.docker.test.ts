import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunScope, StartedContainer } from '../../substrate/index.ts'
import { openRun, startContainer } from '../../substrate/index.ts'
import { attempt, install, stepsOf } from './attempt.ts'

let run: RunScope
let machine: StartedContainer

beforeAll(async () => {
  run = await openRun()
  machine = await startContainer({ name: 'host', image: 'debian:bookworm-slim', command: ['sleep', 'infinity'] }, run)
})
afterAll(async () => {
  await machine[Symbol.asyncDispose]()
  await run[Symbol.asyncDispose]()
})

describe('a script that is tried', () => {
  test('is told its verb and its environment, and what it writes and its exit code are kept', async () => {
    await install(machine, '#!/bin/sh\necho "$1 to $PLACE"; echo why >&2; exit 7\n')
    expect(await attempt(machine, 'backup', { env: { PLACE: 'the quay' } })).toMatchObject({
      verb: 'backup',
      said: 'failed',
      exitCode: 7,
      output: 'backup to the quay\nwhy\n',
    })
  })

  test('is hung when it does not end by itself, and all that it started is ended', async () => {
    await install(machine, '#!/bin/bash\necho began; sleep 1234.5 & wait\n')
    expect(await attempt(machine, 'restore', { deadlineSeconds: 1 })).toMatchObject({ said: 'hung', output: 'began\n' })
    const { stdout } = await machine.exec(['sh', '-c', 'cat /proc/[0-9]*/cmdline'])
    expect(stdout).toContain('infinity')
    expect(stdout).not.toContain('1234.5')
  })

  test('has no verdict when the machine has not got what its first line names', async () => {
    await install(machine, '#!/usr/bin/absent\n')
    await expect(attempt(machine, 'backup')).rejects.toMatchObject({
      code: 'SEATRIAL_SCRIPT_NOT_RUN',
      because: 'prerequisite',
      mend: 'Let its first line name a program that the machine has, such as #!/bin/bash.',
    })
  })

  test('is killed before the command that was named, with the commands before it carried out', async () => {
    await install(machine, '#!/bin/bash\ntouch /one\ntouch /two\ntouch /three\n')
    expect(await attempt(machine, 'restore', { stopBefore: 2 })).toMatchObject({ said: 'interrupted', exitCode: 137 })
    expect(await stepsOf(machine)).toEqual(['touch /one'])
    expect((await machine.exec(['sh', '-c', 'ls -d /one /two /three'])).stdout).toBe('/one\n')
  })

  test('is killed in the middle of a single command when what was named is so', async () => {
    await install(machine, '#!/bin/bash\nseq 1 100000000 >/numbers\n')
    const killWhen = { name: 'there are numbers', holds: '[ -s /numbers ]' }
    expect(await attempt(machine, 'backup', { killWhen })).toMatchObject({ said: 'interrupted' })
    const { stdout } = await machine.exec(['tail', '-n', '1', '/numbers'])
    expect(stdout).not.toContain('100000000')
  })

  test('has no verdict when it ended before it could be killed', async () => {
    await install(machine, '#!/bin/bash\ntrue\n')
    const killWhen = { name: 'pigs fly', holds: 'false' }
    await expect(attempt(machine, 'backup', { killWhen })).rejects.toMatchObject({
      code: 'SEATRIAL_NOT_INTERRUPTED',
      message: 'the script was to be killed when pigs fly, and it ended before',
    })
  })
})
