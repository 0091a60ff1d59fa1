import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import type { StepReport } from '../kernel/index.ts'
import { systemClock } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { provisioning } from './slice.ts'

/** Steps of jobs on a mocked TP-Link cloud; each is a line of JavaScript unless it has a command. */
async function steps(jobs: readonly object[], only: readonly string[] = []): Promise<StepReport[]> {
  const common = {
    endpoint: 'tplink',
    faults: [],
    timeoutSeconds: 10,
    promises: [{ says: 'it says so', holds: '^so$' }],
  }
  const context = {
    section: { jobs: jobs.map((job, index) => ({ name: `job-${index}`, ...common, ...job })) },
    run: { parts: [] } as never,
    baseFolder: tmpdir(),
    clock: systemClock,
    seed: 1,
    signal: new AbortController().signal,
    allow: () => {},
    only,
    progress: () => {},
  }
  // Jobs need nothing of a deployment, so that there is none in the context.
  return Array.fromAsync(provisioning.trial(context as unknown as TrialContext<unknown>))
}

const js = (line: string): { command: string[] } => ({ command: ['node', '-e', line] })
const rules = (step: StepReport | undefined): string[] => step?.findings.map(({ rule }) => rule) ?? []
const printed = (step: StepReport | undefined): string => step?.attachments?.[0]?.content ?? ''
const post = (body: object): string =>
  `const post = () => fetch(process.env.SEATRIAL_ENDPOINT_URL, { method: 'POST', body: '${JSON.stringify(body)}' }).then((a) => a.json());`
const hello = post({ method: 'helloCloud' })

test('a job that keeps its promise with nothing wrong passes without a finding', async () => {
  const [step] = await steps([js('console.log("so")')])
  expect(step).toMatchObject({ subject: 'job-0, nothing wrong', looked: ['provisioning/outcome'], findings: [] })
})

test('a job that fails with nothing wrong is an error, and its faults are not tried', async () => {
  const [calm, under] = await steps([{ command: ['false'], faults: ['slow'] }])
  expect(rules(calm)).toEqual(['provisioning/outcome-unable'])
  expect(under).toMatchObject({ subject: 'job-0 under slow', looked: [], unsettled: { because: 'prerequisite' } })
})

test('a job that breaks its promise with nothing wrong has lied', async () => {
  const [step] = await steps([js('console.log("not so")')])
  expect(rules(step)).toEqual(['provisioning/outcome-lied'])
  expect(step?.findings[0]?.sentence).toBe(
    'With nothing wrong: exit code 0, yet the promise "it says so" is broken. Wanted at least one match of /^so$/, saw no match in: not so',
  )
})

test('programs that are not there leave a job unsettled, and say what to install', async () => {
  const [needs, command] = await steps([
    { ...js(''), needs: ['node', 'no-such-program'] },
    { command: ['no-such-job'] },
  ])
  expect(needs?.unsettled).toMatchObject({ because: 'unsupported', mend: expect.stringContaining('no-such-program') })
  expect(command?.unsettled).toMatchObject({ because: 'unsupported', why: expect.stringContaining('no-such-job') })
})

test('a job sees no credentials and no configuration of whoever runs it', async () => {
  process.env['AWS_PROFILE'] = 'production'
  try {
    const [step] = await steps([
      { ...js('console.log(JSON.stringify(process.env))'), promises: [{ says: 'x', holds: '{' }] },
    ])
    expect(printed(step)).not.toContain('production')
    expect(printed(step)).toContain('"SEATRIAL_ENDPOINT_URL":"http://127.0.0.1:')
    expect(printed(step)).not.toContain(`"HOME":"${process.env['HOME']}"`)
  } finally {
    delete process.env['AWS_PROFILE']
  }
})

test('files, the environment and promises know what was found before the job began', async () => {
  const [step] = await steps([
    {
      ...js('console.log(require("fs").readFileSync("in/plug.txt", "utf8") + process.env.COPY)'),
      before: [{ target: '/_seatrial/devices', keeps: { PLUG: '"deviceId":"(\\w+)","alias":"Bilge pump"' } }],
      files: { 'in/plug.txt': 'id=$PLUG ' },
      env: { COPY: '$PLUG $UNKNOWN' },
      promises: [{ says: 'it was found twice', holds: '^id=$PLUG $PLUG \\$UNKNOWN$' }],
    },
  ])
  expect(step?.findings).toEqual([])
})

test('a request beforehand that is refused, or finds nothing, is a mistake of the configuration', async () => {
  await expect(steps([{ ...js(''), before: [{ target: '/_seatrial/nothing' }] }])).rejects.toThrow(
    /before\[0\].*refused: 404/,
  )
  const keeps = { PLUG: 'no such thing' }
  await expect(steps([{ ...js(''), before: [{ target: '/_seatrial/devices', keeps }] }])).rejects.toThrow(/keeps\.PLUG/)
})

test('a fault that is not known, or names what the endpoint does not have, is refused before any job is run', async () => {
  await expect(steps([{ ...js(''), faults: ['slwo'] }])).rejects.toThrow(/"slwo", wanted .*slow/)
  const rule = { operation: 'logon', fault: 'reset' }
  await expect(steps([{ ...js(''), faults: [{ name: 'own', rules: [rule] }] }])).rejects.toThrow(/"logon"/)
})

test('a fault that never struck leaves the run unsettled, whatever the job did', async () => {
  const own = { name: 'own', rules: [{ operation: 'login', fault: 'reset' }] }
  const [, under] = await steps([{ ...js('console.log("so")'), faults: [own] }])
  expect(under?.unsettled).toMatchObject({
    because: 'prerequisite',
    why: expect.stringContaining('"own" never struck'),
  })
})

test('survived, failed loudly, lied and hung are told apart, each with the command that shows it again', async () => {
  const found = await steps([
    { name: 'stubborn', ...js(`${hello} post().catch(post).then(() => console.log("so"))`), faults: ['half-a-body'] },
    { name: 'honest', ...js(`${hello} post().then(() => console.log("so"))`), faults: ['half-a-body'] },
    { name: 'lying', ...js(`${hello} post().then(() => console.log("so"), () => {})`), faults: ['half-a-body'] },
    {
      name: 'patient',
      ...js(`${hello} post().then(() => console.log("so"))`),
      faults: [{ name: 'silence', rules: [{ fault: 'timeout' }] }],
      timeoutSeconds: 1.5,
    },
  ])
  const under = found.slice(4)
  expect(under.map((step) => [step.subject, ...rules(step)])).toEqual([
    ['stubborn under half-a-body', 'provisioning/outcome-survived'],
    ['honest under half-a-body', 'provisioning/outcome-loud'],
    ['lying under half-a-body', 'provisioning/outcome-lied'],
    ['patient under silence', 'provisioning/outcome-hung'],
  ])
  expect(under[2]?.findings[0]?.replay).toBe('seatrial jobs lying --fault half-a-body')
})

test('with --only for another practice no job is run', async () => {
  expect(await steps([js('')], ['http/age'])).toEqual([])
})
