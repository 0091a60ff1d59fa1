import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import { keyNamed, keyPairs } from '../resources/key-pair.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteKeyPair.html */
export const deleteKeyPair = operation({
  name: 'DeleteKeyPair',
  parameters: { KeyName: text(), KeyPairId: text() },
  errors: ['MissingParameter'],
  run({ KeyName: name, KeyPairId: id }, { region }) {
    if (name === undefined && id === undefined) throw ec2Error('MissingParameter', 'KeyName or KeyPairId')
    const keys = region.of(keyPairs)
    const key = id === undefined ? keyNamed(name ?? '', region) : keys.get(id)
    // One that is not there is as good as deleted.
    if (key !== undefined) keys.remove(key.id)
    return { return: true, keyPairId: key?.id }
  },
  examples: [
    {
      title: 'by its name',
      before: [{ action: 'CreateKeyPair', given: { KeyName: 'deploy' }, as: 'key' }],
      given: { KeyName: 'deploy' },
      answers: { return: 'true', keyPairId: '$key.keyPairId' },
    },
    { title: 'one that there is not', given: { KeyName: 'nobody' }, answers: { return: 'true', keyPairId: undefined } },
    { title: 'none', answers: 'MissingParameter' },
  ],
})
