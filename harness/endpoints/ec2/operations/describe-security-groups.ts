import { ec2Error } from '../errors.ts'
import { aGroup, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, list, text } from '../parameters.ts'
import { securityGroupFilters, securityGroups, securityGroupView } from '../resources/security-group.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html */
export const describeSecurityGroups = operation({
  name: 'DescribeSecurityGroups',
  parameters: {
    GroupId: list(text()),
    GroupName: list(text()),
    Filter: filterParameter,
    MaxResults: integer(),
    NextToken: text(),
  },
  errors: ['InvalidGroup.NotFound'],
  looks: true,
  run({ GroupId, GroupName, Filter, MaxResults, NextToken }, { region }) {
    const collection = region.of(securityGroups)
    const named = new Set(GroupName)
    const there = GroupId.length > 0 ? collection.demandAll(GroupId) : collection.all()
    const chosen = named.size === 0 ? there : there.filter(({ name }) => named.has(name))
    const found = new Set(chosen.map(({ name }) => name))
    const missing = GroupName.filter((name) => !found.has(name))
    if (missing.length > 0) throw ec2Error('InvalidGroup.NotFound', ...missing)
    const page = pageOf(applyFilters(chosen, Filter, securityGroupFilters, region), {
      size: MaxResults,
      token: NextToken,
      limits: { min: 5, max: 1_000 },
    })
    return {
      securityGroupInfo: page.items.map((each) => securityGroupView(each, region)),
      nextToken: page.nextToken,
    }
  },
  examples: [
    {
      title: 'of a fresh region: the default one, from whose members everything may come in',
      answers: {
        'securityGroupInfo.0.groupName': 'default',
        'securityGroupInfo.0.ipPermissions.0.ipProtocol': '-1',
        'securityGroupInfo.0.ipPermissionsEgress.0.ipRanges.0.cidrIp': '0.0.0.0/0',
        'securityGroupInfo.1.groupId': undefined,
      },
    },
    {
      title: 'by name',
      before: [aGroup],
      given: { 'GroupName.1': 'web' },
      answers: {
        'securityGroupInfo.0.groupId': '$group.groupId',
        'securityGroupInfo.0.ipPermissions': '',
        'securityGroupInfo.1.groupId': undefined,
      },
    },
    {
      title: 'of a VPC',
      before: [aVpc, aGroup],
      given: { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': '$vpc.vpc.vpcId' },
      answers: {
        'securityGroupInfo.0.groupName': 'default',
        'securityGroupInfo.0.vpcId': '$vpc.vpc.vpcId',
        'securityGroupInfo.1.groupId': undefined,
      },
    },
    { title: 'one that there is not', given: { 'GroupId.1': nobody.group }, answers: 'InvalidGroup.NotFound' },
    { title: 'one of a name that there is not', given: { 'GroupName.1': 'nobody' }, answers: 'InvalidGroup.NotFound' },
  ],
})
