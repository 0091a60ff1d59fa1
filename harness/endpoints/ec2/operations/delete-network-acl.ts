import { ec2Error } from '../errors.ts'
import { anAcl, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { refuseDependent } from '../networks.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { networkAcls } from '../resources/network-acl.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAcl.html */
export const deleteNetworkAcl = operation({
  name: 'DeleteNetworkAcl',
  parameters: { NetworkAclId: required(idOf(networkAcls)) },
  errors: ['InvalidNetworkAclID.NotFound', 'DependencyViolation', 'InvalidParameterValue'],
  run({ NetworkAclId }, { region }) {
    const { id, isDefault, associations } = region.of(networkAcls).demand(NetworkAclId)
    if (isDefault) throw ec2Error('InvalidParameterValue', `cannot delete default network ACL ${id}`)
    if (associations.size > 0) refuseDependent('networkAcl', id)
    region.of(networkAcls).remove(id)
    return { return: true }
  },
  examples: [
    {
      title: 'one that no subnet has',
      before: [aVpc, anAcl],
      given: { NetworkAclId: '$acl.networkAcl.networkAclId' },
      answers: { return: 'true' },
    },
    {
      title: 'one that a subnet has',
      before: [
        aVpc,
        aSubnet,
        anAcl,
        {
          action: 'DescribeNetworkAcls',
          given: { 'Filter.1.Name': 'association.subnet-id', 'Filter.1.Value.1': '$subnet.subnet.subnetId' },
          as: 'all',
        },
        {
          action: 'ReplaceNetworkAclAssociation',
          given: {
            AssociationId: '$all.networkAclSet.0.associationSet.0.networkAclAssociationId',
            NetworkAclId: '$acl.networkAcl.networkAclId',
          },
        },
      ],
      given: { NetworkAclId: '$acl.networkAcl.networkAclId' },
      answers: 'DependencyViolation',
    },
    {
      title: 'the default one',
      before: [{ action: 'DescribeNetworkAcls', as: 'all' }],
      given: { NetworkAclId: '$all.networkAclSet.0.networkAclId' },
      answers: 'InvalidParameterValue',
    },
    { title: 'one that there is not', given: { NetworkAclId: nobody.acl }, answers: 'InvalidNetworkAclID.NotFound' },
  ],
})
