import { ec2Error } from '../errors.ts'
import { runOne } from '../examples/instances.ts'
import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { addresses } from '../resources/address.ts'
import { networkInterfaces, releaseAddress } from '../resources/network-interface.ts'
import { subnets } from '../resources/subnet.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html */
export const deleteNetworkInterface = operation({
  name: 'DeleteNetworkInterface',
  parameters: { NetworkInterfaceId: required(idOf(networkInterfaces)) },
  errors: ['InvalidNetworkInterfaceID.NotFound', 'InvalidNetworkInterfaceId.Malformed', 'InvalidParameterValue'],
  run({ NetworkInterfaceId }, { region }) {
    const { id, attachment, subnetId, privateIps } = region.of(networkInterfaces).demand(NetworkInterfaceId)
    if (attachment !== undefined) {
      throw ec2Error('InvalidParameterValue', `Network interface '${id}' is currently in use.`)
    }
    for (const address of region.of(addresses).everything()) {
      if (address.association?.interfaceId === id) address.association = undefined
    }
    for (const address of privateIps) releaseAddress(region.of(subnets).get(subnetId), address)
    region.of(networkInterfaces).remove(id)
    return { return: true }
  },
  examples: [
    {
      title: 'one that is attached to nothing',
      before: [aVpc, aSubnet, anInterface],
      given: { NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId' },
      answers: { return: 'true' },
    },
    {
      title: 'one of an instance',
      before: [runOne],
      given: { NetworkInterfaceId: '$run.instancesSet.0.networkInterfaceSet.0.networkInterfaceId' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'one that there is not',
      given: { NetworkInterfaceId: nobody.nic },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    { title: 'what is none', given: { NetworkInterfaceId: 'eth0' }, answers: 'InvalidNetworkInterfaceId.Malformed' },
  ],
})
