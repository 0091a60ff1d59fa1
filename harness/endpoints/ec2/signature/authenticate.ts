import type { Signatures } from '../../core/index.ts'
import { ec2Error } from '../errors.ts'
import type { Account, Ec2Seed } from '../seed.ts'
import type { Claim, Signed } from './claim.ts'
import { claimV2 } from './v2.ts'
import { claimV4 } from './v4.ts'

export interface Asker {
  readonly account: Account
  readonly scopeRegion: string | undefined
}

/** Whoever asks without a signature, where none is wanted. */
const anonymous = 'anonymous'

/**
 * Who asks. Strict: the signature is verified with the secret of the seed. Lenient: any signature and none will do, and a
 * key that the seed does not know is a namespace of its own.
 *
 * @throws Ec2Error AuthFailure, MissingAuthenticationToken, SignatureDoesNotMatch, RequestExpired, IncompleteSignature,
 *   InvalidClientTokenId
 */
export function authenticate(signed: Signed, seed: Pick<Ec2Seed, 'accounts'>, mode: Signatures, now: number): Asker {
  const claim = mode === 'strict' ? claimOf(signed) : claimIfAny(signed)
  const known = seed.accounts.find(({ accessKeyId }) => accessKeyId === claim?.accessKeyId)
  if (mode === 'lenient') {
    const [first] = seed.accounts
    const id = known?.id ?? first?.id ?? '123456789012'
    return {
      account: { id, namespace: known?.id ?? claim?.accessKeyId ?? first?.id ?? anonymous },
      scopeRegion: claim?.scopeRegion,
    }
  }
  if (claim === undefined) throw ec2Error('MissingAuthenticationToken')
  if (known === undefined) throw ec2Error('AuthFailure')
  if (known.sessionToken !== claim.sessionToken) throw ec2Error('InvalidClientTokenId')
  claim.verify(known.secretAccessKey, now)
  return { account: { id: known.id, namespace: known.id }, scopeRegion: claim.scopeRegion }
}

function claimOf(signed: Signed): Claim | undefined {
  return claimV4(signed) ?? claimV2(signed)
}

function claimIfAny(signed: Signed): Claim | undefined {
  try {
    return claimOf(signed)
  } catch {
    return undefined
  }
}
