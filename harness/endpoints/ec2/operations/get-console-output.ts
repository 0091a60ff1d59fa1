import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { boolean, required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'
import type { Instance } from '../resources/instance.ts'
import { instances, instanceState, interfacesOf } from '../resources/instance.ts'
import { privateDnsName } from '../resources/network-interface.ts'
import type { Region } from '../store.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html */
export const getConsoleOutput = operation({
  name: 'GetConsoleOutput',
  parameters: { InstanceId: required(idOf(instances)), Latest: boolean() },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'],
  looks: true,
  run({ InstanceId }, { region }) {
    const instance = region.of(instances).demand(InstanceId)
    const text = instanceState(instance, region) === 'pending' ? '' : bootLog(instance, region)
    return { instanceId: instance.id, timestamp: region.now(), output: Buffer.from(text).toString('base64') }
  },
  examples: [
    {
      title: 'of one that has booted',
      clock: 'instant',
      before: [runOne],
      given: { InstanceId: theInstance },
      answers: { instanceId: theInstance },
    },
    {
      title: 'of one that has not: nothing yet',
      before: [runOne],
      given: { InstanceId: theInstance },
      answers: { output: '' },
    },
    {
      title: 'of one that there is not',
      given: { InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'of what is no instance', given: { InstanceId: 'web-1' }, answers: 'InvalidInstanceID.Malformed' },
  ],
})

/** The few lines of a boot that scripts look for. */
function bootLog(instance: Instance, region: Region): string {
  const [primary] = interfacesOf(instance, region)
  const host = privateDnsName(region.name, primary?.privateIps[0] ?? '0.0.0.0').split('.')[0]
  const image = region.of(images).get(instance.imageId)
  const boots = instance.rebootedAt === undefined ? 1 : 2
  const once = [
    `[    0.000000] Linux version 6.1.0 (${image?.architecture ?? 'x86_64'})`,
    `[    0.000000] Command line: root=${instance.rootDevice} console=ttyS0`,
    `cloud-init: Instance ID: ${instance.id}`,
    `cloud-init: Cloud-init finished. Datasource DataSourceEc2.`,
    '',
    `${host} login: `,
    '',
  ]
  return Array.from({ length: boots }, () => once.join('\r\n')).join('')
}
