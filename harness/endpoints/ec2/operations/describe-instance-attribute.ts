import { ec2Error } from '../errors.ts'
import { refusedAttributes, runOne, theInstance } from '../examples/instances.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'
import { devicesView } from '../resources/instance-view.ts'
import type { Instance } from '../resources/instance.ts'
import { devicesOf, instances, interfacesOf } from '../resources/instance.ts'
import type { Region } from '../store.ts'
import type { Xml } from '../wire/xml.ts'

/** One that has no value is an empty element. */
const valued = (value: string | boolean | undefined): Xml => (value === undefined ? '' : { value })

const attributes: Readonly<Record<string, (instance: Instance, region: Region) => Xml>> = {
  instanceType: ({ type }) => valued(type),
  kernel: ({ kernelId }) => valued(kernelId),
  ramdisk: ({ ramdiskId }) => valued(ramdiskId),
  userData: ({ userData }) => valued(userData),
  disableApiTermination: ({ disableApiTermination }) => valued(disableApiTermination),
  disableApiStop: ({ disableApiStop }) => valued(disableApiStop),
  instanceInitiatedShutdownBehavior: ({ shutdownBehavior }) => valued(shutdownBehavior),
  rootDeviceName: ({ rootDevice }) => valued(rootDevice),
  blockDeviceMapping: (instance, region) => devicesView(devicesOf(instance, region), region),
  productCodes: () => [],
  sourceDestCheck: ({ sourceDestCheck }) => valued(sourceDestCheck),
  groupSet: (instance, region) => interfacesOf(instance, region)[0]?.groupIds.map((groupId) => ({ groupId })) ?? [],
  ebsOptimized: ({ ebsOptimized }) => valued(ebsOptimized),
  sriovNetSupport: ({ imageId }, region) => valued(region.of(images).get(imageId)?.sriovNetSupport),
  enaSupport: ({ imageId }, region) => valued(region.of(images).get(imageId)?.enaSupport ?? true),
  enclaveOptions: () => ({ enabled: false }),
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html */
export const describeInstanceAttribute = operation({
  name: 'DescribeInstanceAttribute',
  parameters: { InstanceId: required(idOf(instances)), Attribute: required(text()) },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed', 'InvalidParameterValue'],
  looks: true,
  run({ InstanceId, Attribute: name }, { region }) {
    const read = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    if (read === undefined) {
      throw ec2Error('InvalidParameterValue', `Value (${name}) for parameter attribute is invalid. Unknown attribute.`)
    }
    const instance = region.of(instances).demand(InstanceId)
    return { instanceId: instance.id, [name]: read(instance, region) }
  },
  examples: [
    {
      title: 'user data, in base64',
      before: [{ ...runOne, given: { ...runOne.given, UserData: 'IyEvYmluL3No' } }],
      given: { InstanceId: theInstance, Attribute: 'userData' },
      answers: { instanceId: theInstance, 'userData.value': 'IyEvYmluL3No' },
    },
    {
      title: 'its groups',
      before: [runOne],
      given: { InstanceId: theInstance, Attribute: 'groupSet' },
      answers: { 'groupSet.0.groupId': '$run.instancesSet.0.groupSet.0.groupId' },
    },
    {
      title: 'a kernel of which there is none',
      before: [runOne],
      given: { InstanceId: theInstance, Attribute: 'kernel' },
      answers: { kernel: '' },
    },
    {
      title: 'an attribute that there is not',
      before: [runOne],
      given: { InstanceId: theInstance, Attribute: 'Kernel' },
      answers: 'InvalidParameterValue',
    },
    refusedAttributes.unknown,
    refusedAttributes.malformed,
  ],
})
