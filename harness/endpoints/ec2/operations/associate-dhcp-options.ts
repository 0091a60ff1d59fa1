import { aVpc, someOptions } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { dhcpOptions } from '../resources/dhcp-options.ts'
import { vpcs } from '../resources/vpc.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateDhcpOptions.html */
export const associateDhcpOptions = operation({
  name: 'AssociateDhcpOptions',
  parameters: { DhcpOptionsId: required(text()), VpcId: required(idOf(vpcs)) },
  errors: ['InvalidDhcpOptionID.NotFound', 'InvalidVpcID.NotFound'],
  run({ DhcpOptionsId, VpcId }, { region }) {
    // `default` stands for no options at all.
    const id = DhcpOptionsId === 'default' ? 'default' : region.of(dhcpOptions).demand(DhcpOptionsId).id
    region.of(vpcs).demand(VpcId).dhcpOptionsId = id
    return { return: true }
  },
  examples: [
    {
      title: 'with a VPC',
      before: [aVpc, someOptions],
      given: { VpcId: '$vpc.vpc.vpcId', DhcpOptionsId: '$options.dhcpOptions.dhcpOptionsId' },
      answers: { return: 'true' },
    },
    {
      title: 'none any more',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', DhcpOptionsId: 'default' },
      answers: { return: 'true' },
    },
    {
      title: 'some that there are not',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', DhcpOptionsId: nobody.options },
      answers: 'InvalidDhcpOptionID.NotFound',
    },
    {
      title: 'with a VPC that there is not',
      before: [someOptions],
      given: { VpcId: nobody.vpc, DhcpOptionsId: '$options.dhcpOptions.dhcpOptionsId' },
      answers: 'InvalidVpcID.NotFound',
    },
  ],
})
