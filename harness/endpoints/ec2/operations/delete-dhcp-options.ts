import { ec2Error } from '../errors.ts'
import { someOptions } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { refuseDependent } from '../networks.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { dhcpOptions } from '../resources/dhcp-options.ts'
import { vpcs } from '../resources/vpc.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteDhcpOptions.html */
export const deleteDhcpOptions = operation({
  name: 'DeleteDhcpOptions',
  parameters: { DhcpOptionsId: required(text()) },
  errors: ['InvalidDhcpOptionID.NotFound', 'InvalidDhcpOptionsId.Malformed', 'DependencyViolation'],
  run({ DhcpOptionsId }, { region }) {
    if (!DhcpOptionsId.startsWith('dopt-')) throw ec2Error('InvalidDhcpOptionsId.Malformed', DhcpOptionsId)
    const { id } = region.of(dhcpOptions).demand(DhcpOptionsId)
    for (const { dhcpOptionsId } of region.of(vpcs).everything()) {
      if (dhcpOptionsId === id) refuseDependent('dhcpOptions', id)
    }
    region.of(dhcpOptions).remove(id)
    return { return: true }
  },
  examples: [
    {
      title: 'some that no VPC has',
      before: [someOptions],
      given: { DhcpOptionsId: '$options.dhcpOptions.dhcpOptionsId' },
      answers: { return: 'true' },
    },
    {
      title: 'those of the default VPC',
      before: [{ action: 'DescribeVpcs', as: 'all' }],
      given: { DhcpOptionsId: '$all.vpcSet.0.dhcpOptionsId' },
      answers: 'DependencyViolation',
    },
    {
      title: 'some that there are not',
      given: { DhcpOptionsId: nobody.options },
      answers: 'InvalidDhcpOptionID.NotFound',
    },
    { title: 'what is none', given: { DhcpOptionsId: 'foo-abcd1234' }, answers: 'InvalidDhcpOptionsId.Malformed' },
  ],
})
