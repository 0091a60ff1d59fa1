import { ec2Error } from '../errors.ts'
import type { MadeKey } from '../keys/made-key.ts'
import { ed25519Key, puttyFile, rsaKey } from '../keys/made-key.ts'
import { operation } from '../operation.ts'
import { required, text, withDefault } from '../parameters.ts'
import { keyName, keyNamed, keyPairs } from '../resources/key-pair.ts'
import type { Region } from '../store.ts'
import { checkSpecifications, tagAsSpecified, tagsOf, tagSpecifications } from '../tagging.ts'

/**
 * RSA keys are put together from a pool of primes, so that a script that makes a hundred of them is not slow; ED25519
 * keys come from the seed. Both are real keys, and neither is secret.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html
 */
export const createKeyPair = operation({
  name: 'CreateKeyPair',
  parameters: {
    KeyName: required(keyName),
    KeyType: withDefault(text({ oneOf: ['rsa', 'ed25519'] }), 'rsa'),
    KeyFormat: withDefault(text({ oneOf: ['pem', 'ppk'] }), 'pem'),
    TagSpecification: tagSpecifications,
  },
  errors: ['InvalidKeyPair.Duplicate', 'ResourceLimitExceeded'],
  run({ KeyName: name, KeyType: type, KeyFormat: format, TagSpecification }, { region }) {
    checkSpecifications(TagSpecification, ['key-pair'])
    if (keyNamed(name, region) !== undefined) throw ec2Error('InvalidKeyPair.Duplicate', name)
    const keys = region.of(keyPairs)
    if (keys.size >= region.quota('key-pairs')) {
      throw ec2Error('ResourceLimitExceeded', 'The maximum number of key pairs has been reached.')
    }
    const made = newKey(type, region)
    const key = keys.add({
      id: keys.newId(),
      name,
      fingerprint: made.fingerprint,
      type,
      publicKey: `${made.publicKey} ${name}\n`,
      createTime: region.now(),
    })
    tagAsSpecified(region, keyPairs, key.id, TagSpecification)
    return {
      keyPairId: key.id,
      keyName: name,
      keyFingerprint: key.fingerprint,
      keyMaterial: format === 'pem' ? made.pem : puttyFile(made, name),
      tagSet: tagsOf(region, key.id),
    }
  },
  examples: [
    {
      title: 'an RSA key, with a tag',
      given: {
        KeyName: 'deploy',
        'TagSpecification.1.ResourceType': 'key-pair',
        'TagSpecification.1.Tag.1.Key': 'team',
        'TagSpecification.1.Tag.1.Value': 'web',
      },
      answers: { keyName: 'deploy', 'tagSet.0.value': 'web' },
    },
    {
      title: 'an ED25519 key for PuTTY',
      given: { KeyName: 'deploy', KeyType: 'ed25519', KeyFormat: 'ppk' },
      answers: { keyName: 'deploy' },
    },
    {
      title: 'of a name that is taken',
      before: [{ action: 'CreateKeyPair', given: { KeyName: 'deploy' } }],
      given: { KeyName: 'deploy' },
      answers: 'InvalidKeyPair.Duplicate',
    },
    {
      title: 'one more than the quota',
      seed: { quotas: { 'key-pairs': 0 } },
      given: { KeyName: 'deploy' },
      answers: 'ResourceLimitExceeded',
    },
    {
      title: 'of a kind that there is not',
      given: { KeyName: 'old', KeyType: 'dsa' },
      answers: 'InvalidParameterValue',
    },
    { title: 'with a name of nothing but a space', given: { KeyName: ' ' }, answers: 'InvalidParameterValue' },
    { title: 'without a name', answers: 'MissingParameter' },
  ],
})

function newKey(type: 'rsa' | 'ed25519', region: Region): MadeKey {
  return type === 'rsa'
    ? rsaKey(region.world.ids.count('rsa-key') - 1)
    : ed25519Key(Buffer.from(region.world.ids.hex('ed25519-key', 64), 'hex'))
}
