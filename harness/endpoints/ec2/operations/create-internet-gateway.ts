import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { internetGateways, internetGatewayView } from '../resources/internet-gateway.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInternetGateway.html */
export const createInternetGateway = operation({
  name: 'CreateInternetGateway',
  parameters: { TagSpecification: tagSpecifications },
  errors: ['InternetGatewayLimitExceeded'],
  run({ TagSpecification }, { region }) {
    checkSpecifications(TagSpecification, ['internet-gateway'])
    const gateways = region.of(internetGateways)
    if (gateways.size >= region.quota('internet-gateways')) throw ec2Error('InternetGatewayLimitExceeded')
    const gateway = gateways.add({ id: gateways.newId(), vpcId: undefined })
    tagAsSpecified(region, internetGateways, gateway.id, TagSpecification)
    return { internetGateway: internetGatewayView(gateway, region) }
  },
  examples: [
    {
      title: 'attached to nothing yet, with a tag',
      given: {
        'TagSpecification.1.ResourceType': 'internet-gateway',
        'TagSpecification.1.Tag.1.Key': 'job',
        'TagSpecification.1.Tag.1.Value': 'backup',
      },
      answers: { 'internetGateway.attachmentSet': '', 'internetGateway.tagSet.0.value': 'backup' },
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'internet-gateways': 1 } },
      answers: 'InternetGatewayLimitExceeded',
    },
  ],
})
