import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lastRecord, scratchFolder, seatrial } from '../../fixtures/seatrial.ts'
import { startOrigin } from '../../fixtures/servers/origin.ts'

const noEngine = { DOCKER_HOST: 'unix:///nonexistent.sock' }

async function deployment(folder: string, config: unknown): Promise<void> {
  await mkdir(join(folder, 'web'))
  await writeFile(join(folder, 'web', 'Dockerfile'), 'FROM debian:bookworm-slim\n')
  await writeFile(join(folder, 'seatrial.config.json'), JSON.stringify(config))
}

test('without an engine what runs already is looked at, and the rest is unsettled: unsupported with its mend', async () => {
  await using origin = await startOrigin()
  await using scratch = await scratchFolder()
  await deployment(scratch.path, {
    stack: { web: { build: './web', ports: [80] }, there: { url: origin.url, needs: ['web'] } },
    http: {
      targets: [
        { in: 'web', path: '/' },
        { in: 'there', path: '/' },
      ],
    },
  })
  const { exitCode } = await seatrial(['run'], { cwd: scratch.path, env: noEngine })
  const { steps, verdict } = await lastRecord(join(scratch.path, 'reports'))
  const stack = steps.find((step) => step.id === 'trial/stack')
  expect(stack?.outcome).toMatchObject({ kind: 'unsettled', because: 'unsupported', mend: expect.stringMatching(/\S/) })
  const pages = steps.filter((step) => step.id === 'http/page').map(({ subject, outcome }) => [subject, outcome.kind])
  expect(pages).toEqual([
    ['web /', 'skipped'],
    ['there /', 'passed'],
  ])
  expect([verdict, exitCode]).toEqual(['unsettled', 2])

  const allowed = await seatrial(['run', '--allow', 'unsupported'], { cwd: scratch.path, env: noEngine })
  expect(allowed.exitCode).toBe(0)
  expect(allowed.stdout).toContain('could not look')
})

test('a target in a part that the stack does not have is a wrong configuration, with the part that was meant', async () => {
  await using scratch = await scratchFolder()
  await deployment(scratch.path, {
    stack: { web: { build: './web', ports: [80] } },
    http: { targets: [{ in: 'wbe', path: '/' }] },
  })
  const { exitCode, stderr } = await seatrial(['run'], { cwd: scratch.path, env: noEngine })
  expect(exitCode).toBe(3)
  expect(stderr).toContain('seatrial.config.json: http.targets[0].in')
  expect(stderr).toContain('Did you mean "web"?')
})
