import { ec2Error } from '../errors.ts'
import { anAcl, anotherVpc, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import type { NetworkAcl } from '../resources/network-acl.ts'
import { networkAcls, newAclAssociationId } from '../resources/network-acl.ts'
import type { Region } from '../store.ts'

const all = {
  action: 'DescribeNetworkAcls',
  given: { 'Filter.1.Name': 'association.subnet-id', 'Filter.1.Value.1': '$subnet.subnet.subnetId' },
  as: 'all',
} as const
const association = '$all.networkAclSet.0.associationSet.0.networkAclAssociationId'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html */
export const replaceNetworkAclAssociation = operation({
  name: 'ReplaceNetworkAclAssociation',
  parameters: { AssociationId: required(text()), NetworkAclId: required(idOf(networkAcls)) },
  errors: ['InvalidAssociationID.NotFound', 'InvalidNetworkAclID.NotFound', 'InvalidParameterValue'],
  run({ AssociationId, NetworkAclId }, { region }) {
    const next = region.of(networkAcls).demand(NetworkAclId)
    const { acl, subnetId } = associationOf(AssociationId, region)
    if (acl.vpcId !== next.vpcId) {
      throw ec2Error('InvalidParameterValue', `Network ACLs ${acl.id} and ${next.id} belong to different networks`)
    }
    acl.associations.delete(subnetId)
    const newAssociationId = newAclAssociationId(region)
    next.associations.set(subnetId, newAssociationId)
    return { newAssociationId }
  },
  examples: [
    {
      title: 'of a subnet, from the default ACL to another',
      before: [aVpc, aSubnet, anAcl, all],
      given: { AssociationId: association, NetworkAclId: '$acl.networkAcl.networkAclId' },
      answers: {},
    },
    {
      title: 'one that there is not',
      before: [aVpc, anAcl],
      given: { AssociationId: nobody.aclAssociation, NetworkAclId: '$acl.networkAcl.networkAclId' },
      answers: 'InvalidAssociationID.NotFound',
    },
    {
      title: 'to an ACL that there is not',
      before: [aVpc, aSubnet, all],
      given: { AssociationId: association, NetworkAclId: nobody.acl },
      answers: 'InvalidNetworkAclID.NotFound',
    },
    {
      title: 'to an ACL of another VPC',
      before: [aVpc, anotherVpc, aSubnet, all, { ...anAcl, given: { VpcId: '$other.vpc.vpcId' } }],
      given: { AssociationId: association, NetworkAclId: '$acl.networkAcl.networkAclId' },
      answers: 'InvalidParameterValue',
    },
  ],
})

function associationOf(id: string, region: Region): { readonly acl: NetworkAcl; readonly subnetId: string } {
  for (const acl of region.of(networkAcls).everything()) {
    for (const [subnetId, each] of acl.associations) if (each === id) return { acl, subnetId }
  }
  throw ec2Error('InvalidAssociationID.NotFound', id)
}
