import type { MockRequest } from '../../core/index.ts'
import { Ec2Error } from '../errors.ts'
import type { Account, Ec2Seed } from '../seed.ts'
import { readForm } from '../wire/form.ts'
import { authenticate } from './authenticate.ts'

/** What a presigned URL must be for. */
export interface PresignedFor {
  /** Of its scope: where it would be sent. */
  readonly region: string
  /** Of its query, `Action` among them. */
  readonly parameters: Readonly<Record<string, string>>
}

interface By {
  readonly seed: Pick<Ec2Seed, 'accounts'>
  readonly now: number
  readonly account: Account
}

/**
 * Why a presigned URL that came inside another request does not hold; undefined when it does. It is a whole request of
 * its own, signed by the same account with version 4 for the region it names (API reference, CopySnapshot, PresignedUrl).
 */
export function presignedTrouble(url: string, { region, parameters }: PresignedFor, by: By): string | undefined {
  const parsed = URL.parse(url)
  if (parsed === null) return 'The presigned URL is no URL.'
  try {
    const { account, scopeRegion } = signerOf(parsed, by)
    if (account.id !== by.account.id) return 'The presigned URL was signed by another account.'
    if (scopeRegion !== region)
      return `The presigned URL was signed for ${scopeRegion ?? 'no region'}, not for ${region}.`
    const given = new Map(readForm(parsed.search.slice(1)))
    const wrong = Object.keys(parameters).find((name) => given.get(name) !== parameters[name])
    if (wrong !== undefined) {
      return `The presigned URL has ${wrong} ${given.get(wrong) ?? '(none)'}, not ${parameters[wrong] ?? ''}.`
    }
    return undefined
  } catch (error) {
    if (error instanceof Ec2Error) return error.message
    throw error
  }
}

/** Clients differ in whether they sign the port, and in whether the empty body is hashed or, as for S3, unsigned. */
function signerOf(url: URL, { seed, now }: By): ReturnType<typeof authenticate> {
  const attempts = [url.host, url.hostname].flatMap((host) => [
    presignedAt(url, host),
    presignedAt(url, host, unsigned),
  ])
  let first: unknown
  for (const request of attempts) {
    try {
      return authenticate({ request, pairs: [] }, seed, 'strict', now)
    } catch (error) {
      first ??= error
    }
  }
  throw first
}

const unsigned: MockRequest['fields'] = [['x-amz-content-sha256', 'UNSIGNED-PAYLOAD']]

function presignedAt(url: URL, host: string, fields: MockRequest['fields'] = []): MockRequest {
  return {
    method: 'GET',
    target: `${url.pathname}${url.search}`,
    host,
    scheme: url.protocol === 'http:' ? 'http' : 'https',
    fields,
    body: new Uint8Array(),
  }
}
