import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { boot } from './slice.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-boot-'))
  await mkdir(join(folder, 'scripts'))
  await writeFile(join(folder, 'no-interpreter.sh'), 'systemctl enable web\n')
  await writeFile(join(folder, 'of-windows.sh'), '#!/bin/sh\r\nsystemctl enable web\r\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Tries a container without a run: whatever would start something throws that it cannot. */
async function tried(entry: object): Promise<unknown> {
  const context = {
    section: { containers: [{ name: 'host', image: 'seatrial/absent', ...entry }] },
    baseFolder: folder,
    clock: systemClock,
    seed: 1,
    only: [],
    signal: new AbortController().signal,
    progress: () => {},
  }
  // What it lacks is what only a started container would need.
  return Array.fromAsync(boot.trial(context as unknown as TrialContext<unknown>))
}

test.for([
  ['absent.sh', 'a file that can be read'],
  ['scripts', 'a file that can be read'],
  ['no-interpreter.sh', 'a script whose first line names what runs it, such as #!/bin/bash'],
  ['of-windows.sh', 'a script whose lines end as on Linux, without a carriage return'],
] as const)('a script %s is told before anything is started', async ([provision, wanted]) => {
  await expect(tried({ provision })).rejects.toMatchObject({
    code: 'SEATRIAL_USAGE',
    path: 'boot.containers[0].provision',
    given: provision,
    wanted,
  })
})

test.for([
  [{ build: './host' }, 'either image or build'],
  [{ image: undefined }, 'either image or build'],
  [{ repeat: true }, 'a script to run twice: set provision'],
  [{ name: 'My Host' }, 'lower-case letters, digits and dashes'],
  [{ declared: { slowestJobSeconds: 0 } }, '>0'],
  [{ declared: { data: ['srv/data'] } }, 'an absolute path'],
] as const)('a container of %j is a wrong configuration', async ([entry, wanted]) => {
  await expect(tried(entry)).rejects.toThrow(wanted)
})
