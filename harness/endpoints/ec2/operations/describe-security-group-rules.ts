import { ec2Error } from '../errors.ts'
import { aGroup } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, list, text } from '../parameters.ts'
import {
  rulesInOrder,
  securityGroupRuleFilters,
  securityGroupRules,
  securityGroupRuleView,
} from '../resources/security-group-rule.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html */
export const describeSecurityGroupRules = operation({
  name: 'DescribeSecurityGroupRules',
  parameters: {
    SecurityGroupRuleId: list(text()),
    Filter: filterParameter,
    MaxResults: integer(),
    NextToken: text(),
  },
  errors: ['InvalidSecurityGroupRuleId.NotFound', 'InvalidGroupId.Malformed'],
  looks: true,
  run({ SecurityGroupRuleId: ids, Filter, MaxResults, NextToken }, { region }) {
    for (const { Name, Value } of Filter) {
      const wrong = Name === 'group-id' ? Value.find((id) => !id.startsWith('sg-')) : undefined
      if (wrong !== undefined) {
        throw ec2Error('InvalidGroupId.Malformed', wrong, `The security group ID '${wrong}' is malformed`)
      }
    }
    const there = ids.length > 0 ? region.of(securityGroupRules).demandAll(ids) : rulesInOrder(region)
    const page = pageOf(applyFilters(there, Filter, securityGroupRuleFilters, region), {
      size: MaxResults,
      token: NextToken,
      limits: { min: 5, max: 1_000 },
    })
    return {
      securityGroupRuleSet: page.items.map((rule) => securityGroupRuleView(rule, region)),
      nextToken: page.nextToken,
    }
  },
  examples: [
    {
      title: 'of a group: what goes in before what goes out',
      before: [
        aGroup,
        {
          action: 'AuthorizeSecurityGroupIngress',
          given: { GroupId: '$group.groupId', IpProtocol: 'tcp', FromPort: '22', ToPort: '22', CidrIp: '0.0.0.0/0' },
        },
      ],
      given: { 'Filter.1.Name': 'group-id', 'Filter.1.Value.1': '$group.groupId' },
      answers: {
        'securityGroupRuleSet.0.isEgress': 'false',
        'securityGroupRuleSet.0.fromPort': '22',
        'securityGroupRuleSet.1.isEgress': 'true',
        'securityGroupRuleSet.1.fromPort': '-1',
        'securityGroupRuleSet.2.groupId': undefined,
      },
    },
    {
      title: 'one that there is not',
      given: { 'SecurityGroupRuleId.1': nobody.rule },
      answers: 'InvalidSecurityGroupRuleId.NotFound',
    },
    {
      title: 'of what is no group',
      given: { 'Filter.1.Name': 'group-id', 'Filter.1.Value.1': 'web' },
      answers: 'InvalidGroupId.Malformed',
    },
  ],
})
