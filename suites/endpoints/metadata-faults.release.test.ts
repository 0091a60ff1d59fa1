import { expect, test } from 'vitest'
import { inMachine } from './machine-with-metadata.ts'

/**
 * What comes of jobs on a machine while its metadata service misbehaves: they survive, or they fail loudly, with an
 * exit code; or they lie, with exit code 0 and something else than the truth. A lie is a finding about the client.
 */
type Outcome = 'survived' | 'failed' | 'lied'

/** What the clients print is of our own making, but for the CLI, whose fields are text. */
function fieldsOf(output: string): Readonly<Record<string, string | undefined>> {
  return JSON.parse(output) as Record<string, string | undefined>
}

interface Job {
  readonly command: readonly [string, ...string[]]
  readonly isTrue: (output: string) => boolean
}

const jobs: Readonly<Record<'script' | 'cli' | 'boot' | 'azure', Job>> = {
  script: {
    command: ['read-metadata', 'instance-id', 'placement/region'],
    isTrue: (output) => output === 'instance-id: i-0123456789abcdef0\nplacement/region: eu-west-1\n',
  },
  cli: {
    command: ['aws', 'configure', 'export-credentials'],
    // The service tells of six hours.
    isTrue: (output) => Date.parse(fieldsOf(output)['Expiration'] ?? '') > Date.now() + 3_600_000,
  },
  boot: {
    command: ['cloud-init-ec2'],
    isTrue: (output) => {
      const { instance_id, user_data, region } = fieldsOf(output)
      return instance_id === 'i-0123456789abcdef0' && region === 'eu-west-1' && user_data === '#cloud-config\n'
    },
  },
  azure: {
    command: ['cloud-init-azure'],
    isTrue: (output) => fieldsOf(output)['hostname'] === 'vm-1',
  },
}

/** Of the jobs that are tried: the others do not meet the fault, or wait longer for it than a test should. */
type Outcomes = Partial<Record<keyof typeof jobs, Outcome>>

const survived = { script: 'survived', cli: 'survived', boot: 'survived', azure: 'survived' } as const

const expectations: readonly (readonly [name: string, plan: readonly object[], outcomes: Outcomes])[] = [
  ['nothing wrong', [], survived],
  // It takes one refusal of a token for a service that is turned off.
  ['the first request throttled', [{ fault: 'throttled', call: 1 }], { ...survived, boot: 'failed' }],
  [
    'the second request refused for a while',
    [{ fault: 'unavailable', call: 2 }],
    { ...survived, script: 'failed', cli: 'failed' },
  ],
  // The boot goes on without metadata, and tells nobody but its log.
  ['the first connection reset', [{ fault: 'reset', call: 1 }], { ...survived, azure: 'lied' }],
  ['half of the second answer', [{ fault: 'half-body', call: 2 }], { ...survived, script: 'failed', cli: 'failed' }],
  ['every answer slow', [{ fault: 'slow', delayMs: 50 }], survived],
  ['no tokens', [{ operation: 'token', fault: 'forbidden' }], { script: 'survived', cli: 'survived', boot: 'failed' }],
  ['a token that never comes', [{ operation: 'token', fault: 'timeout' }], { script: 'survived', cli: 'survived' }],
  [
    'a session that ends in between',
    [{ fault: 'unauthorized', call: 3 }],
    { ...survived, script: 'failed', cli: 'failed' },
  ],
  ['no role', [{ operation: 'credentials', fault: 'not-found' }], { script: 'survived', cli: 'failed' }],
  [
    'a role that cannot be assumed',
    [{ operation: 'credentials', fault: 'role-not-assumable' }],
    { script: 'survived', cli: 'failed' },
  ],
  // The CLI gives credentials that are over some ten to twenty minutes more, and tells that as their end.
  [
    'credentials that are over',
    [{ operation: 'credentials', fault: 'expired-credentials' }],
    { script: 'survived', cli: 'lied' },
  ],
  [
    'a service that is down',
    [{ fault: 'internal-error' }],
    { script: 'failed', cli: 'failed', boot: 'failed', azure: 'lied' },
  ],
]

const options = {
  seed: {
    aws: { instance: { instanceId: 'i-0123456789abcdef0', region: 'eu-west-1', userData: '#cloud-config\n' } },
    azure: { name: 'vm-1' },
  },
}
/** Each job has a machine of its own, so that calls are counted for it alone, and all can be tried at once. */
const machines = {
  script: inMachine(options),
  cli: inMachine(options),
  boot: inMachine(options),
  azure: inMachine(options),
}

async function outcomeOf(name: keyof typeof jobs, plan: readonly object[]): Promise<Outcome> {
  const { exec, control } = await machines[name]()
  const { command, isTrue } = jobs[name]
  await control('PUT', 'faults', plan)
  const { exitCode, stdout } = await exec('timeout', '30', ...command)
  if (exitCode !== 0) return 'failed'
  return isTrue(stdout) ? 'survived' : 'lied'
}

test.for(expectations)('jobs on a machine meet %s', async ([, plan, outcomes]) => {
  const tried = (['script', 'cli', 'boot', 'azure'] as const).filter((name) => outcomes[name] !== undefined)
  const seen = await Promise.all(tried.map(async (name) => [name, await outcomeOf(name, plan)] as const))
  expect(Object.fromEntries(seen)).toEqual(outcomes)
})
