import { effects } from '../../endpoints/ec2/effects.ts'
import { documentedAccount } from '../../endpoints/ec2/seed.ts'
import type { JobKind, StandardFault } from './kind.ts'
import { plainRequest } from './kind.ts'
import { signed } from './sign.ts'

/** What makes something that stays: the answers to these are the ones that must not be lost. */
const making = /^(Run|Create|Copy|Allocate|Associate|Attach|Import|Register)/

/** Only the first call of each operation: the retry gets through. */
const once = { call: 1 } as const

const faults: readonly StandardFault[] = [
  {
    name: 'throttled',
    says: 'two calls are answered with RequestLimitExceeded',
    strikes: [{ on: '*', fault: 'RequestLimitExceeded', from: 2, times: 2 }],
  },
  {
    name: 'throttled-for-good',
    says: 'every call from the third on is answered with RequestLimitExceeded',
    strikes: [{ on: '*', fault: 'RequestLimitExceeded', from: 3 }],
  },
  {
    name: 'no-capacity',
    says: 'there is no capacity',
    strikes: [
      { on: /^RunInstances$/, fault: 'InsufficientInstanceCapacity' },
      { on: /^CreateVolume$/, fault: 'InsufficientVolumeCapacity' },
      { on: /^AllocateAddress$/, fault: 'InsufficientAddressCapacity' },
    ],
  },
  {
    name: 'limit-reached',
    says: 'the account has reached its limit',
    strikes: [
      { on: /^CreateVolume$/, fault: 'VolumeLimitExceeded' },
      { on: /^(CreateSnapshots?|CopySnapshot)$/, fault: 'SnapshotLimitExceeded' },
      { on: /^AllocateAddress$/, fault: 'AddressLimitExceeded' },
    ],
  },
  {
    name: 'internal-error',
    says: 'the first call of each making operation is answered with InternalError',
    strikes: [{ on: making, fault: 'InternalError', ...once }],
  },
  {
    name: 'answer-lost',
    says: 'the first call of each making operation is carried out and its answer is lost',
    strikes: [{ on: making, fault: 'reset', executed: true, ...once }],
  },
  {
    name: 'reset',
    says: 'the first call of each making operation is cut off before it is carried out',
    strikes: [{ on: making, fault: 'reset', executed: false, ...once }],
  },
  {
    name: 'half-a-body',
    says: 'half of the first answer of each making operation arrives',
    strikes: [{ on: making, fault: 'half-body', ...once }],
  },
  { name: 'slow', says: 'every answer comes 150 ms late', strikes: [{ on: '*', fault: 'slow', delayMs: 150 }] },
  {
    name: 'silence',
    says: 'the first call of each creating operation is carried out and never answered',
    // Fewer of them than above: each makes the job wait until its own patience ends.
    strikes: [{ on: /^(Run|Create|Copy)(?!Tags)/, fault: 'timeout', ...once }],
  },
  {
    name: 'not-yet-there',
    says: 'what was made is not found by the first two looks (eventual consistency)',
    strikes: [],
    seed: { consistency: { polls: 2 } },
    shows: String.raw`\.NotFound$`,
  },
  ...Object.entries(effects).map(([name, { operations, says }]): StandardFault => ({
    name,
    says: says.replace(/^T/, 't').replace(/\.$/, ''),
    strikes: operations.map((operation) => ({ on: new RegExp(`^${operation}$`), fault: name })),
  })),
]

const mine = { 'Owner.1': 'self' }
const alive = Object.fromEntries(
  ['pending', 'running', 'stopping', 'stopped'].map((state, index) => [`Filter.1.Value.${index + 1}`, state]),
)

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** The account that a job works in: the first of its seed. */
function accountOf(seed: Readonly<Record<string, unknown>>): Credentials {
  const accounts: readonly unknown[] = Array.isArray(seed['accounts']) ? seed['accounts'] : []
  const [first] = accounts
  return isCredentials(first) ? first : documentedAccount
}

function isCredentials(value: unknown): value is Credentials {
  // The endpoint was made with this seed, so its schema has been met.
  return typeof value === 'object' && value !== null && 'accessKeyId' in value && 'secretAccessKey' in value
}

/** The EC2 Query API, for any client that takes its address from the environment. */
export const ec2: JobKind = {
  environment(url, { seed, region }) {
    const { accessKeyId, secretAccessKey, sessionToken } = accountOf(seed)
    return {
      AWS_ENDPOINT_URL: url,
      AWS_ENDPOINT_URL_EC2: url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      // A client that finds no credentials must not go and ask the host's own metadata.
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
    }
  },
  request(ask, { seed, now, region }) {
    if (typeof ask.body !== 'object') return plainRequest(ask)
    const body = { Version: '2016-11-15', ...ask.body }
    return signed(plainRequest({ ...ask, body }), { ...accountOf(seed), now, region: ask.region ?? region })
  },
  faults,
  defect: 'InternalError',
  inventory: [
    {
      what: 'instance',
      body: { Action: 'DescribeInstances', 'Filter.1.Name': 'instance-state-name', ...alive },
      id: /<instanceId>([^<]+)</g,
    },
    { what: 'volume', body: { Action: 'DescribeVolumes' }, id: /<volumeId>([^<]+)</g },
    { what: 'snapshot', body: { Action: 'DescribeSnapshots', ...mine }, id: /<snapshotId>([^<]+)</g },
    { what: 'address', body: { Action: 'DescribeAddresses' }, id: /<allocationId>([^<]+)</g },
    { what: 'key pair', body: { Action: 'DescribeKeyPairs' }, id: /<keyName>([^<]+)</g },
    { what: 'image', body: { Action: 'DescribeImages', ...mine }, id: /<imageId>([^<]+)</g },
    { what: 'security group', body: { Action: 'DescribeSecurityGroups' }, id: /<groupId>([^<]+)</g },
  ],
}
