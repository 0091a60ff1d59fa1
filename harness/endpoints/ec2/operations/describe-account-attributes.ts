import { operation } from '../operation.ts'
import { list, text } from '../parameters.ts'
import { defaultVpc } from '../resources/vpc.ts'
import type { Region } from '../store.ts'

/** What an account has unless the seed says otherwise (EC2 API reference, "AccountAttribute"). */
const attributes: Readonly<Record<string, (region: Region) => string>> = {
  'vpc-max-security-groups-per-interface': (region) => limit(region, 'security-groups-per-interface', 5),
  'max-instances': (region) => limit(region, 'instances', 20),
  'supported-platforms': () => 'VPC',
  'default-vpc': (region) => defaultVpc(region)?.id ?? 'none',
  'max-elastic-ips': (region) => limit(region, 'addresses', 5),
  'vpc-max-elastic-ips': (region) => limit(region, 'addresses', 5),
}

function limit(region: Region, quota: string, standard: number): string {
  const given = region.quota(quota)
  return String(Number.isFinite(given) ? given : standard)
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html */
export const describeAccountAttributes = operation({
  name: 'DescribeAccountAttributes',
  parameters: {
    AttributeName: list(
      text({
        oneOf: [
          'supported-platforms',
          'default-vpc',
          'max-instances',
          'vpc-max-security-groups-per-interface',
          'max-elastic-ips',
          'vpc-max-elastic-ips',
        ],
      }),
    ),
  },
  errors: ['InvalidParameterValue'],
  looks: true,
  run({ AttributeName }, { region }) {
    const names: readonly string[] = AttributeName.length > 0 ? AttributeName : Object.keys(attributes)
    return {
      accountAttributeSet: names.map((attributeName) => ({
        attributeName,
        attributeValueSet: [{ attributeValue: attributes[attributeName]?.(region) }],
      })),
    }
  },
  examples: [
    {
      title: 'one',
      seed: { quotas: { instances: 7 } },
      given: { 'AttributeName.1': 'max-instances' },
      answers: {
        'accountAttributeSet.0.attributeName': 'max-instances',
        'accountAttributeSet.0.attributeValueSet.0.attributeValue': '7',
        'accountAttributeSet.1.attributeName': undefined,
      },
    },
    {
      title: 'one that there is not',
      given: { 'AttributeName.1': 'max-happiness' },
      answers: 'InvalidParameterValue',
    },
  ],
})
