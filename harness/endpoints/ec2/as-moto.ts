import { Ec2Error, ec2Error, isEc2ErrorCode } from './errors.ts'

/** NotFound codes whose Malformed sister is not called the same. */
const sisters: Readonly<Record<string, string>> = {
  'InvalidVolumeID.Malformed': 'InvalidVolume.NotFound',
  'InvalidSnapshotID.Malformed': 'InvalidSnapshot.NotFound',
  'InvalidGroupId.Malformed': 'InvalidGroup.NotFound',
  'InvalidNetworkInterfaceId.Malformed': 'InvalidNetworkInterfaceID.NotFound',
}

/** Sentences of ours, and how moto has them. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^Invalid availability zone: \[(.*)\]$/, 'Invalid Availability Zone ($1)'],
  [/^Volume '(.*)' is not attached to (\S+)( as device .*)?$/, 'The volume $1 is not attached to instance $2$3'],
  [/^Address '(.*)' not found\.$/, "Address '{'$1'}' not found."],
]

/**
 * An error as moto tells it: it knows no malformed ids, and has some sentences of its own. Only where `world.lenient` says
 * that the suite was written for it.
 */
export function asMotoTells(error: Ec2Error): Ec2Error {
  const [, id] = /"([^"]*)"/.exec(error.message) ?? []
  const sister = sisters[error.code] ?? error.code.replace(/\.Malformed$/, '.NotFound')
  if (id !== undefined && error.code.endsWith('.Malformed') && isEc2ErrorCode(sister)) {
    // Every NotFound takes ids.
    return ec2Error(sister as 'InvalidVolume.NotFound', id)
  }
  for (const [ours, theirs] of sentences) {
    if (ours.test(error.message)) return new Ec2Error(error.code, error.status, error.message.replace(ours, theirs))
  }
  return error
}
