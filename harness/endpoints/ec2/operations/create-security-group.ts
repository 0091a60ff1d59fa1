import { ec2Error } from '../errors.ts'
import { aGroup } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { settle } from '../networks.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { addRules } from '../resources/security-group-rule.ts'
import { everythingOut, securityGroupArn, securityGroups } from '../resources/security-group.ts'
import { defaultVpc, vpcs } from '../resources/vpc.ts'
import type { Region } from '../store.ts'
import { checkSpecifications, tagAsSpecified, tagSet, tagSpecifications } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const createSecurityGroup = operation({
  name: 'CreateSecurityGroup',
  parameters: {
    GroupName: required(text()),
    GroupDescription: required(text()),
    VpcId: idOf(vpcs),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'MissingParameter',
    'InvalidParameterValue',
    'InvalidVpcID.NotFound',
    'VPCIdNotSpecified',
    'InvalidGroup.Duplicate',
    'SecurityGroupLimitExceeded',
  ],
  run({ GroupName: name, GroupDescription: description, VpcId, TagSpecification }, { region }) {
    if (name === '') throw ec2Error('MissingParameter', 'GroupName')
    if (description === '') throw ec2Error('MissingParameter', 'GroupDescription')
    checkName(name)
    checkText(description, 'GroupDescription')
    checkSpecifications(TagSpecification, ['security-group'])
    settle(region)
    const vpcId = region.world.lenient && VpcId !== undefined ? VpcId : vpcOf(VpcId, region)
    const groups = region.of(securityGroups)
    for (const there of groups.everything()) {
      if (there.name === name && there.vpcId === vpcId) throw ec2Error('InvalidGroup.Duplicate', name, vpcId)
    }
    if (groups.size >= region.quota('security-groups')) throw ec2Error('SecurityGroupLimitExceeded')
    const group = groups.add({ id: groups.newId(), name, description, vpcId, rules: [] })
    addRules(region, group, everythingOut(region, group.id, vpcId))
    tagAsSpecified(region, securityGroups, group.id, TagSpecification)
    return {
      return: true,
      groupId: group.id,
      tagSet: tagSet(region, group.id),
      securityGroupArn: securityGroupArn(group.id, region),
    }
  },
  examples: [
    {
      title: 'in the default VPC, with a tag',
      given: {
        GroupName: 'web',
        GroupDescription: 'Web servers',
        'TagSpecification.1.ResourceType': 'security-group',
        'TagSpecification.1.Tag.1.Key': 'job',
        'TagSpecification.1.Tag.1.Value': 'backup',
      },
      answers: { return: 'true', 'tagSet.0.value': 'backup' },
    },
    {
      title: 'without a description',
      given: { GroupName: 'web', GroupDescription: '' },
      answers: 'MissingParameter',
    },
    {
      title: 'called like an id',
      given: { GroupName: 'sg-web', GroupDescription: 'Web servers' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'called as the one that every VPC has',
      given: { GroupName: 'default', GroupDescription: 'Web servers' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'of a name that is taken in this VPC',
      before: [aGroup],
      given: { GroupName: 'web', GroupDescription: 'Others' },
      answers: 'InvalidGroup.Duplicate',
    },
    {
      title: 'in a VPC that there is not, where networks are not checked',
      suite: 'moto',
      given: { GroupName: 'web', GroupDescription: 'Web servers', VpcId: nobody.vpc },
      answers: { return: 'true' },
    },
    {
      title: 'in a VPC that there is not',
      given: { GroupName: 'web', GroupDescription: 'Web servers', VpcId: nobody.vpc },
      answers: 'InvalidVpcID.NotFound',
    },
    {
      title: 'where there is no default VPC',
      seed: { defaultVpc: false },
      given: { GroupName: 'web', GroupDescription: 'Web servers' },
      answers: 'VPCIdNotSpecified',
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'security-groups': 1 } },
      given: { GroupName: 'web', GroupDescription: 'Web servers' },
      answers: 'SecurityGroupLimitExceeded',
    },
  ],
})

function vpcOf(id: string | undefined, region: Region): string {
  if (id !== undefined) return region.of(vpcs).demand(id).id
  const standard = defaultVpc(region)
  if (standard === undefined) throw ec2Error('VPCIdNotSpecified')
  return standard.id
}

function checkName(name: string): void {
  if (name === 'default') throw ec2Error('InvalidParameterValue', 'Cannot use reserved security group name: default')
  if (name.startsWith('sg-')) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    )
  }
  checkText(name, 'GroupName')
}

/** The characters that names and descriptions of groups may have. */
function checkText(given: string, parameter: string): void {
  if (given.length <= 255 && /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/.test(given)) return
  throw ec2Error(
    'InvalidParameterValue',
    `Value (${given.slice(0, 255)}) for parameter ${parameter} is invalid. Up to 255 characters of a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$* are allowed.`,
  )
}
