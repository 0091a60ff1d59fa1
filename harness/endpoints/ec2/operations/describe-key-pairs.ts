import { ec2Error } from '../errors.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { boolean, list, text } from '../parameters.ts'
import { keyPairFilters, keyPairs, keyPairView } from '../resources/key-pair.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeKeyPairs.html */
export const describeKeyPairs = operation({
  name: 'DescribeKeyPairs',
  parameters: {
    KeyName: list(text()),
    KeyPairId: list(text()),
    IncludePublicKey: boolean(),
    Filter: filterParameter,
  },
  errors: ['InvalidKeyPair.NotFound'],
  looks: true,
  run({ KeyName, KeyPairId, IncludePublicKey = false, Filter }, { region }) {
    const keys = region.of(keyPairs)
    const all = KeyPairId.length > 0 ? keys.demandAll(KeyPairId) : keys.all()
    const names = new Map(all.map((key) => [key.name, key]))
    const missing = KeyName.filter((name) => !names.has(name))
    if (missing.length > 0) throw ec2Error('InvalidKeyPair.NotFound', ...missing)
    const chosen = KeyName.length === 0 ? all : all.filter(({ name }) => KeyName.includes(name))
    return {
      keySet: applyFilters(chosen, Filter, keyPairFilters, region).map((key) =>
        keyPairView(key, region, IncludePublicKey),
      ),
    }
  },
  examples: [
    {
      title: 'one of two, by its name',
      before: [
        { action: 'CreateKeyPair', given: { KeyName: 'one' } },
        { action: 'CreateKeyPair', given: { KeyName: 'two' }, as: 'two' },
      ],
      given: { 'KeyName.1': 'two' },
      answers: {
        'keySet.0.keyFingerprint': '$two.keyFingerprint',
        'keySet.0.keyType': 'rsa',
        'keySet.0.publicKey': undefined,
        'keySet.1.keyName': undefined,
      },
    },
    {
      title: 'by a filter',
      before: [{ action: 'CreateKeyPair', given: { KeyName: 'one' } }],
      given: { 'Filter.1.Name': 'key-name', 'Filter.1.Value.1': 't*' },
      answers: { 'keySet.0.keyName': undefined },
    },
    { title: 'one that there is not', given: { 'KeyName.1': 'nobody' }, answers: 'InvalidKeyPair.NotFound' },
  ],
})
