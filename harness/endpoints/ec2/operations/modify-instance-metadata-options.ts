import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { integer, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html */
export const modifyInstanceMetadataOptions = operation({
  name: 'ModifyInstanceMetadataOptions',
  parameters: {
    InstanceId: required(idOf(instances)),
    HttpTokens: text({ oneOf: ['optional', 'required'] }),
    HttpPutResponseHopLimit: integer({ min: 1, max: 64 }),
    HttpEndpoint: text({ oneOf: ['disabled', 'enabled'] }),
    HttpProtocolIpv6: text({ oneOf: ['disabled', 'enabled'] }),
    InstanceMetadataTags: text({ oneOf: ['disabled', 'enabled'] }),
  },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed', 'InvalidParameterCombination'],
  run(given, { region }) {
    const { metadata, id } = region.of(instances).demand(given.InstanceId)
    const alone = given.HttpTokens ?? given.HttpPutResponseHopLimit
    if (given.HttpEndpoint === 'disabled' && alone !== undefined) {
      throw ec2Error(
        'InvalidParameterCombination',
        'The parameters httpTokens and httpPutResponseHopLimit cannot be used when httpEndpoint is disabled',
      )
    }
    metadata.httpTokens = given.HttpTokens ?? metadata.httpTokens
    metadata.httpPutResponseHopLimit = given.HttpPutResponseHopLimit ?? metadata.httpPutResponseHopLimit
    metadata.httpEndpoint = given.HttpEndpoint ?? metadata.httpEndpoint
    metadata.httpProtocolIpv6 = given.HttpProtocolIpv6 ?? metadata.httpProtocolIpv6
    metadata.instanceMetadataTags = given.InstanceMetadataTags ?? metadata.instanceMetadataTags
    return { instanceId: id, instanceMetadataOptions: { state: 'pending', ...metadata } }
  },
  examples: [
    {
      title: 'tokens only',
      before: [runOne],
      given: { InstanceId: theInstance, HttpTokens: 'required', HttpPutResponseHopLimit: '2' },
      answers: {
        instanceId: theInstance,
        'instanceMetadataOptions.httpTokens': 'required',
        'instanceMetadataOptions.httpPutResponseHopLimit': '2',
        'instanceMetadataOptions.httpEndpoint': 'enabled',
      },
    },
    {
      title: 'tokens where nothing answers',
      before: [runOne],
      given: { InstanceId: theInstance, HttpTokens: 'required', HttpEndpoint: 'disabled' },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'of one that there is not',
      given: { InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'of what is no instance', given: { InstanceId: 'web-1' }, answers: 'InvalidInstanceID.Malformed' },
  ],
})
