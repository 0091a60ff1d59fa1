import type { Signatures } from '../../core/index.ts'
import { fieldOf } from '../../core/index.ts'
import { ec2Error } from '../errors.ts'
import type { Account, Ec2Seed } from '../seed.ts'
import { documentedAccount } from '../seed.ts'
import type { Signed } from './claim.ts'
import { claimV2 } from './v2.ts'
import { claimV4 } from './v4.ts'

export interface Asker {
  readonly account: Account
  readonly scopeRegion: string | undefined
}

/**
 * Who asks. Strict: the signature is verified with the secret of the seed. Lenient: any signature and none will do, and a
 * key that the seed does not know is a namespace of its own.
 *
 * @throws Ec2Error AuthFailure, MissingAuthenticationToken, SignatureDoesNotMatch, RequestExpired, IncompleteSignature,
 *   InvalidClientTokenId
 */
export function authenticate(signed: Signed, seed: Pick<Ec2Seed, 'accounts'>, mode: Signatures, now: number): Asker {
  if (mode === 'lenient') return mentioned(signed, seed)
  const claim = claimV4(signed) ?? claimV2(signed)
  if (claim === undefined) throw ec2Error('MissingAuthenticationToken')
  const known = seed.accounts.find(({ accessKeyId }) => accessKeyId === claim.accessKeyId)
  if (known === undefined) throw ec2Error('AuthFailure')
  if (known.sessionToken !== claim.sessionToken) throw ec2Error('InvalidClientTokenId')
  claim.verify(known.secretAccessKey, now)
  return { account: { id: known.id, namespace: known.id }, scopeRegion: claim.scopeRegion }
}

/** The key and the region that a request names, in whatever of a signature it has. */
function mentioned({ request, pairs }: Signed, { accounts }: Pick<Ec2Seed, 'accounts'>): Asker {
  const value = (name: string): string | undefined => pairs.find(([each]) => each === name)?.[1]
  const [, credential] = /Credential=([^,\s]+)/.exec(fieldOf(request, 'authorization') ?? '') ?? []
  const [key, , region] = (credential ?? value('X-Amz-Credential') ?? value('AWSAccessKeyId') ?? '').split('/')
  const known = accounts.find(({ accessKeyId }) => accessKeyId === key)
  const id = known?.id ?? accounts[0]?.id ?? documentedAccount.id
  const namespace = known?.id ?? (key === '' || key === undefined ? id : key)
  return { account: { id, namespace }, scopeRegion: region }
}
