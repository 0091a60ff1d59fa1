import { ec2Error } from '../errors.ts'
import { aGroup } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { groupOf } from '../group-rules.ts'
import { isGroupInUse } from '../networks.ts'
import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import { removeRules } from '../resources/security-group-rule.ts'
import { securityGroups } from '../resources/security-group.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html */
export const deleteSecurityGroup = operation({
  name: 'DeleteSecurityGroup',
  parameters: { GroupId: text(), GroupName: text() },
  errors: ['MissingParameter', 'InvalidGroup.NotFound', 'CannotDelete', 'DependencyViolation'],
  run({ GroupId, GroupName }, { region }) {
    const group = groupOf(GroupId, GroupName, region)
    if (group.name === 'default') {
      throw ec2Error('CannotDelete', `the specified group: "${group.id}" name: "default" cannot be deleted by a user`)
    }
    if (isGroupInUse(group.id, region)) {
      throw ec2Error('DependencyViolation', `resource ${group.id} has a dependent object`)
    }
    removeRules(region, group, new Set(group.rules))
    region.of(securityGroups).remove(group.id)
    return { return: true, groupId: group.id }
  },
  examples: [
    {
      title: 'by id',
      before: [aGroup],
      given: { GroupId: '$group.groupId' },
      answers: { return: 'true', groupId: '$group.groupId' },
    },
    { title: 'by name', before: [aGroup], given: { GroupName: 'web' }, answers: { groupId: '$group.groupId' } },
    { title: 'none in particular', answers: 'MissingParameter' },
    { title: 'one that there is not', given: { GroupId: nobody.group }, answers: 'InvalidGroup.NotFound' },
    { title: 'one that every VPC has', given: { GroupName: 'default' }, answers: 'CannotDelete' },
    {
      title: 'one that an instance is in',
      before: [
        aGroup,
        {
          action: 'RunInstances',
          given: {
            ImageId: 'ami-0a1b2c3d4e5f60001',
            MinCount: '1',
            MaxCount: '1',
            'SecurityGroupId.1': '$group.groupId',
          },
        },
      ],
      given: { GroupId: '$group.groupId' },
      answers: 'DependencyViolation',
    },
    {
      title: 'one that a rule of another names',
      before: [
        aGroup,
        { ...aGroup, given: { GroupName: 'db', GroupDescription: 'Databases' }, as: 'db' },
        {
          action: 'AuthorizeSecurityGroupIngress',
          given: {
            GroupId: '$db.groupId',
            'IpPermissions.1.IpProtocol': '-1',
            'IpPermissions.1.Groups.1.GroupId': '$group.groupId',
          },
        },
      ],
      given: { GroupId: '$group.groupId' },
      answers: 'DependencyViolation',
    },
  ],
})
