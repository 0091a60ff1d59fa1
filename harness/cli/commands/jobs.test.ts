import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchFolder, seatrial, slow } from '../../../fixtures/seatrial.ts'

/** A job that takes what it hears for good news, and one that does not. */
async function folder(): Promise<AsyncDisposable & { readonly path: string }> {
  const scratch = await scratchFolder()
  const says = (more: string): string =>
    `const post = () => fetch(process.env.SEATRIAL_ENDPOINT_URL, { method: 'POST', body: '{"method":"helloCloud"}' });
     post().then((answer) => answer.json()).then(() => console.log('so')${more})`
  const common = { endpoint: 'tplink', promises: [{ says: 'it says so', holds: '^so$' }], timeoutSeconds: 20 }
  const jobs = [
    { name: 'lying', command: ['node', '-e', says(', () => {}')], ...common },
    { name: 'honest', command: ['node', '-e', says('')], ...common },
  ]
  // The stack is none of this command's business.
  const config = { stack: { web: { build: '.', ports: [80] } }, provisioning: { jobs } }
  await writeFile(join(scratch.path, 'Dockerfile'), 'FROM scratch\n')
  await writeFile(join(scratch.path, 'seatrial.config.json'), JSON.stringify(config))
  return scratch
}

test('lists the jobs with their faults, and runs nothing', slow, async () => {
  await using scratch = await folder()
  const { exitCode, stdout } = await seatrial(['jobs', 'honest', '--list'], { cwd: scratch.path })
  expect(stdout).toMatch(/^honest \(tplink\): rate-limited, .*half-a-body/)
  expect(exitCode).toBe(0)
})

test('tells at a glance what became of each job, and fails because one lied', slow, async () => {
  await using scratch = await folder()
  const { exitCode, stdout } = await seatrial(['jobs', '--fault', 'half-a-body,relay-stuck'], { cwd: scratch.path })
  expect(stdout).toMatch(
    /^lying\n {2}lied {11}half-a-body\n\nhonest\n {2}failed loudly {2}half-a-body\n\nERROR provisioning\/outcome-lied at lying under half-a-body/,
  )
  expect(stdout).toContain('replay: seatrial jobs lying --fault half-a-body')
  expect(exitCode).toBe(1)
})

test('a job that does its work passes where nothing goes wrong', slow, async () => {
  await using scratch = await folder()
  const { exitCode, stdout } = await seatrial(['jobs', 'lying', '--calm'], { cwd: scratch.path })
  expect(stdout).toMatch(/^lying\n {2}did its work\n/)
  expect(exitCode).toBe(0)
})

test.each([
  [['jobs', 'honst'], 'Did you mean honest?'],
  [['jobs', 'honest', '--fault', 'half-a-bod'], 'Did you mean half-a-body?'],
  [['jobs', '--calm', '--fault', 'slow'], 'wanted: one of the two'],
])('%j is a wrong command line', slow, async (args, told) => {
  await using scratch = await folder()
  const { exitCode, stderr } = await seatrial(args, { cwd: scratch.path })
  expect(stderr).toContain(told)
  expect(exitCode).toBe(3)
})
