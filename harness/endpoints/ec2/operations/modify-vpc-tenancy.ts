import { ec2Error } from '../errors.ts'
import { aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { vpcs } from '../resources/vpc.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcTenancy.html */
export const modifyVpcTenancy = operation({
  name: 'ModifyVpcTenancy',
  parameters: { VpcId: required(idOf(vpcs)), InstanceTenancy: required(text()) },
  errors: ['InvalidVpcID.NotFound', 'UnsupportedTenancy'],
  run({ VpcId, InstanceTenancy }, { region }) {
    const vpc = region.of(vpcs).demand(VpcId)
    // There is a way back to shared hardware only.
    if (InstanceTenancy !== 'default') throw ec2Error('UnsupportedTenancy', InstanceTenancy)
    vpc.tenancy = 'default'
    return { return: true }
  },
  examples: [
    {
      title: 'back to shared hardware',
      before: [{ ...aVpc, given: { CidrBlock: '10.0.0.0/16', InstanceTenancy: 'dedicated' } }],
      given: { VpcId: '$vpc.vpc.vpcId', InstanceTenancy: 'default' },
      answers: { return: 'true' },
    },
    {
      title: 'to hardware of its own',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', InstanceTenancy: 'dedicated' },
      answers: 'UnsupportedTenancy',
    },
    {
      title: 'of one that there is not',
      given: { VpcId: nobody.vpc, InstanceTenancy: 'default' },
      answers: 'InvalidVpcID.NotFound',
    },
  ],
})
