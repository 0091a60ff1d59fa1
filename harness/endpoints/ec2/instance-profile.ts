import { ec2Error } from './errors.ts'
import { structure, text } from './parameters.ts'
import type { IamProfile, Instance } from './resources/instance.ts'
import { instances } from './resources/instance.ts'
import { going } from './resources/lifecycle.ts'
import type { Region } from './store.ts'
import type { Xml } from './wire/xml.ts'

export const profileParameter = structure({ Arn: text(), Name: text() })

/**
 * The association of an instance with a profile. Which profiles there are is IAM's to know: any well-formed name is
 * taken.
 *
 * @throws Ec2Error InvalidParameterValue
 */
export function newProfile(
  { Arn: arn, Name: name }: { readonly Arn: string | undefined; readonly Name: string | undefined },
  region: Region,
): IamProfile {
  if (arn !== undefined && !/^arn:aws[a-z-]*:iam::\d{12}:instance-profile\/[\w+=,.@/-]{1,512}$/.test(arn)) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${arn}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
    )
  }
  if (name !== undefined && !/^[\w+=,.@-]{1,128}$/.test(name)) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
    )
  }
  if (arn === undefined && name === undefined) throw ec2Error('MissingParameter', 'IamInstanceProfile')
  return {
    associationId: `iip-assoc-0${region.ids.hex('iip-assoc', 16)}`,
    arn: arn ?? `arn:aws:iam::${region.accountId}:instance-profile/${name}`,
    id: `AIPA${region.ids.hex('AIPA', 17).toUpperCase()}`,
    since: region.now(),
    life: going(region, 'associating', 'associated', 'profile-association', 5_000),
  }
}

/**
 * The instance that has an association.
 *
 * @throws Ec2Error InvalidAssociationID.NotFound
 */
export function instanceOfAssociation(id: string, region: Region): Instance & { iamProfile: IamProfile } {
  for (const instance of region.of(instances).everything()) {
    if (hasProfile(instance) && instance.iamProfile.associationId === id) return instance
  }
  throw ec2Error('InvalidAssociationID.NotFound', id)
}

export function hasProfile(instance: Instance): instance is Instance & { iamProfile: IamProfile } {
  return instance.iamProfile !== undefined
}

export function associationView(instanceId: string, profile: IamProfile, state: string): Xml {
  const { associationId, arn, id, since } = profile
  return { associationId, instanceId, iamInstanceProfile: { arn, id }, state, timestamp: since }
}
