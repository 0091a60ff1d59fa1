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

/** Of the jobs that are tried; each of the others waits longer for the fault than a test should. */
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
  ['no tokens', [{ operation: 'token', fault: 'forbidden' }], { ...survived, boot: 'failed' }],
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
    { ...survived, cli: 'failed' },
  ],
  // The CLI gives credentials that are over some ten to twenty minutes more, and tells that as their end.
  [
    'credentials that are over',
    [{ operation: 'credentials', fault: 'expired-credentials' }],
    { ...survived, cli: 'lied' },
  ],
  [
    'a service that is down',
    [{ fault: 'internal-error' }],
    { script: 'failed', cli: 'failed', boot: 'failed', azure: 'lied' },
  ],
]

const machine = inMachine({
  seed: {
    aws: { instance: { instanceId: 'i-0123456789abcdef0', region: 'eu-west-1', userData: '#cloud-config\n' } },
    azure: { name: 'vm-1' },
  },
})

test.for(expectations)('jobs on a machine meet %s', async ([, plan, outcomes]) => {
  const { exec, control } = await machine()
  const seen: Outcomes = {}
  for (const name of ['script', 'cli', 'boot', 'azure'] as const) {
    if (outcomes[name] === undefined) continue
    const { command, isTrue } = jobs[name]
    // Calls are counted from the start for each job.
    await control('PUT', 'faults', plan)
    const { exitCode, stdout } = await exec('timeout', '15', ...command)
    seen[name] = exitCode !== 0 ? 'failed' : isTrue(stdout) ? 'survived' : 'lied'
  }
  expect(seen).toEqual(outcomes)
})
