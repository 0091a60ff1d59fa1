import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { recovery } from './slice.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-scripts-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Tries drills without a run: whatever would start something throws that it cannot. */
async function tried(entry: object): Promise<unknown> {
  const context = {
    section: { drills: [{ drill: 'files-restored', procedure: 'restic-checked', ...entry }] },
    baseFolder: folder,
    clock: systemClock,
    seed: 1,
    signal: new AbortController().signal,
    progress: () => {},
  }
  return Array.fromAsync(recovery.trial(context as unknown as TrialContext<unknown>))
}

async function script(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  return name
}

test('a drill and a procedure that nobody has are told with their place, and what is nearest', async () => {
  await expect(tried({ drill: 'files-restord' })).rejects.toMatchObject({
    code: 'SEATRIAL_USAGE',
    path: 'recovery.drills[0].drill',
    message: expect.stringContaining('files-restored'),
  })
  await expect(tried({ procedure: 'rsetic' })).rejects.toMatchObject({ path: 'recovery.drills[0].procedure' })
})

test('a procedure of another kind is told what the drill tries', async () => {
  await expect(tried({ procedure: 'upgrade-checked' })).rejects.toMatchObject({
    path: 'recovery.drills[0].procedure',
    message: expect.stringContaining('files'),
  })
})

test('a script that is absent or a folder is told before anything is started', async () => {
  const told = { code: 'SEATRIAL_USAGE', path: 'recovery.drills[0].script', wanted: 'a file that can be read' }
  await expect(tried({ script: 'absent.sh' })).rejects.toMatchObject({ ...told, given: 'absent.sh' })
  await mkdir(join(folder, 'scripts'))
  await expect(tried({ script: 'scripts' })).rejects.toMatchObject({ ...told, given: 'scripts' })
})

test.for([
  ['nothing in it', ''],
  ['no first line that names what runs it', 'echo backup\n'],
  ['a first line that names it without a path', '#!bash\necho backup\n'],
])('a script with %s is told what its first line must be', async ([, text]) => {
  const name = await script('first-line.sh', text ?? '')
  await expect(tried({ script: name })).rejects.toMatchObject({
    path: 'recovery.drills[0].script',
    given: name,
    wanted: 'a script whose first line names what runs it, such as #!/bin/bash',
  })
})

test('a script with the line ends of Windows is told so: Linux would say that there is no such file', async () => {
  const name = await script('windows.sh', '#!/bin/bash\r\necho backup\r\n')
  await expect(tried({ script: name })).rejects.toMatchObject({
    wanted: 'a script whose lines end as on Linux, without a carriage return',
  })
})
