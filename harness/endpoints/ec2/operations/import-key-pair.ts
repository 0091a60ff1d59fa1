import { ec2Error } from '../errors.ts'
import { givenKey } from '../keys/given-key.ts'
import { operation } from '../operation.ts'
import { base64, required } from '../parameters.ts'
import { keyName, keyNamed, keyPairs } from '../resources/key-pair.ts'
import { checkSpecifications, tagAsSpecified, tagsOf, tagSpecifications } from '../tagging.ts'

// The service takes text in base64 in base64.
const material = (publicKey: string): string => Buffer.from(publicKey).toString('base64')
const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html */
export const importKeyPair = operation({
  name: 'ImportKeyPair',
  parameters: {
    KeyName: required(keyName),
    PublicKeyMaterial: required(base64()),
    TagSpecification: tagSpecifications,
  },
  errors: ['InvalidKeyPair.Duplicate', 'InvalidKeyPair.Format', 'ResourceLimitExceeded'],
  run({ KeyName: name, PublicKeyMaterial, TagSpecification }, { region }) {
    checkSpecifications(TagSpecification, ['key-pair'])
    if (keyNamed(name, region) !== undefined) throw ec2Error('InvalidKeyPair.Duplicate', name)
    const given = givenKey(Buffer.from(PublicKeyMaterial, 'base64').toString())
    if (given === undefined) throw ec2Error('InvalidKeyPair.Format')
    const keys = region.of(keyPairs)
    if (keys.size >= region.quota('key-pairs')) {
      throw ec2Error('ResourceLimitExceeded', 'The maximum number of key pairs has been reached.')
    }
    const { fingerprint, type } = given
    const key = keys.add({
      id: keys.newId(),
      name,
      fingerprint,
      type,
      publicKey: `${given.publicKey} ${name}\n`,
      createTime: region.now(),
    })
    tagAsSpecified(region, keyPairs, key.id, TagSpecification)
    return { keyPairId: key.id, keyName: name, keyFingerprint: fingerprint, tagSet: tagsOf(region, key.id) }
  },
  examples: [
    {
      title: "a line of OpenSSH's",
      given: { KeyName: 'me', PublicKeyMaterial: material(publicKey) },
      answers: { keyName: 'me', keyFingerprint: 'ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA=' },
    },
    {
      title: 'of a name that is taken',
      before: [{ action: 'ImportKeyPair', given: { KeyName: 'me', PublicKeyMaterial: material(publicKey) } }],
      given: { KeyName: 'me', PublicKeyMaterial: material(publicKey) },
      answers: 'InvalidKeyPair.Duplicate',
    },
    {
      title: 'what is no key',
      given: { KeyName: 'me', PublicKeyMaterial: material('garbage') },
      answers: 'InvalidKeyPair.Format',
    },
    {
      title: 'one more than the quota',
      seed: { quotas: { 'key-pairs': 0 } },
      given: { KeyName: 'me', PublicKeyMaterial: material(publicKey) },
      answers: 'ResourceLimitExceeded',
    },
    {
      title: 'what is no base64',
      given: { KeyName: 'me', PublicKeyMaterial: publicKey },
      answers: 'InvalidParameterValue',
    },
  ],
})
