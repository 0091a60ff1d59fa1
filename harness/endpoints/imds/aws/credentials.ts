import { createHash } from 'node:crypto'
import type { EndpointClock } from '../../core/index.ts'
import type { InstanceFacts } from '../../core/instance-facts.ts'
import type { AwsSeed } from '../seed.ts'
import { partitionOf } from './meta-data.ts'
import { isoSeconds, json } from './text.ts'

export interface Role {
  readonly name: string
  readonly profileArn: string
  readonly profileId: string
}

/** New ones are there five minutes before the old ones end, as EC2 promises. */
const overlapMs = 300_000

/** The role that the seed names, else that of the instance profile; null in the seed is none whatever EC2 says. */
export function roleOf({ role }: AwsSeed, facts: InstanceFacts): Role | undefined {
  if (role === null) return undefined
  if (role === undefined) {
    const profile = facts.iamInstanceProfile
    return profile && { name: profile.arn.split('/').at(-1) ?? '', profileArn: profile.arn, profileId: profile.id }
  }
  const { name, profileArn, profileId } = role
  const { arn, id } = profileOf(name, facts)
  return { name, profileArn: profileArn ?? arn, profileId: profileId ?? id }
}

/** An instance profile of that name, as IAM would have made it. */
export function profileOf(
  name: string,
  { accountId, region }: InstanceFacts,
): NonNullable<InstanceFacts['iamInstanceProfile']> {
  const arn = `arn:${partitionOf(region)}:iam::${accountId}:instance-profile/${name}`
  return { arn, id: `AIPA${letters(`profile ${name}`, 17)}` }
}

/** Credentials of roles, renewed in time by the clock. */
export class Credentials {
  readonly #clock: EndpointClock
  readonly #random: number
  readonly #seed: AwsSeed['credentials']
  readonly #begunMs: number

  constructor(clock: EndpointClock, random: number, seed: AwsSeed['credentials']) {
    this.#clock = clock
    this.#random = random
    this.#seed = seed
    this.#begunMs = Math.floor(clock.now() / 1000) * 1000
  }

  info({ profileArn, profileId }: Role): string {
    return json({
      Code: 'Success',
      LastUpdated: isoSeconds(this.#current().from),
      InstanceProfileArn: profileArn,
      InstanceProfileId: profileId,
    })
  }

  /** Of the identity that every instance has without a role. */
  instanceInfo(accountId: string): string {
    return json({ Code: 'Success', LastUpdated: isoSeconds(this.#current().from), AccountId: accountId })
  }

  /** The document of `iam/security-credentials/ROLE`, or of the instance's own identity. */
  of(role: string, fault?: string): string {
    const { from, until, round } = this.#current()
    if (fault === 'role-not-assumable') return notAssumable(role, isoSeconds(from))
    const now = this.#clock.now()
    const given = this.#seed
    const name = `${this.#random}/${role}/${round}`
    const ends = fault === 'expired-credentials' ? now - 1000 : fault === 'stale-credentials' ? now + 60_000 : until
    return json({
      Code: 'Success',
      LastUpdated: isoSeconds(from),
      Type: 'AWS-HMAC',
      AccessKeyId: given.accessKeyId ?? `ASIA${letters(`${name} key`, 16)}`,
      SecretAccessKey: given.secretAccessKey ?? bytes(`${name} secret`).subarray(0, 30).toString('base64'),
      Token: given.token ?? Buffer.concat([0, 1, 2, 3].map((n) => bytes(`${name} token ${n}`))).toString('base64'),
      Expiration: isoSeconds(ends),
    })
  }

  #current(): { round: number; from: number; until: number } {
    const lifetimeMs = this.#seed.lifetimeSeconds * 1000
    const everyMs = Math.max(lifetimeMs / 2, lifetimeMs - overlapMs)
    const round = Math.max(0, Math.floor((this.#clock.now() - this.#begunMs) / everyMs))
    const from = this.#begunMs + round * everyMs
    return { round, from, until: from + lifetimeMs }
  }
}

function notAssumable(role: string, at: string): string {
  return json({
    Code: 'AssumeRoleUnauthorizedAccess',
    Message: `EC2 cannot assume the role ${role}. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.`,
    LastUpdated: at,
  })
}

function bytes(name: string): Buffer {
  return createHash('sha256').update(name).digest()
}

/** Upper-case letters and digits, as ids of IAM have them. */
function letters(name: string, count: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return [...bytes(name)]
    .map((byte) => alphabet[byte % 32])
    .join('')
    .slice(0, count)
}
