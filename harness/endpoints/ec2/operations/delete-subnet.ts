import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { refuseDependent } from '../networks.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { networkAcls } from '../resources/network-acl.ts'
import { tablesOf } from '../resources/route-table.ts'
import { subnets } from '../resources/subnet.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html */
export const deleteSubnet = operation({
  name: 'DeleteSubnet',
  parameters: { SubnetId: required(idOf(subnets)) },
  errors: ['InvalidSubnetID.NotFound', 'DependencyViolation'],
  run({ SubnetId }, { region }) {
    const { id, vpcId, taken } = region.of(subnets).demand(SubnetId)
    // Every interface in it has an address of it.
    if (taken.size > 0) refuseDependent('subnet', id)
    for (const { associations } of region.of(networkAcls).everything()) associations.delete(id)
    for (const table of tablesOf(vpcId, region)) {
      table.associations = table.associations.filter(({ subnetId }) => subnetId !== id)
    }
    region.of(subnets).remove(id)
    return { return: true }
  },
  examples: [
    {
      title: 'an empty one',
      before: [aVpc, aSubnet],
      given: { SubnetId: '$subnet.subnet.subnetId' },
      answers: { return: 'true' },
    },
    {
      title: 'with an interface in it',
      before: [aVpc, aSubnet, anInterface],
      given: { SubnetId: '$subnet.subnet.subnetId' },
      answers: 'DependencyViolation',
    },
    { title: 'one that there is not', given: { SubnetId: nobody.subnet }, answers: 'InvalidSubnetID.NotFound' },
  ],
})
