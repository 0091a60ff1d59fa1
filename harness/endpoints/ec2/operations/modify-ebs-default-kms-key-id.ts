import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { ebsEncryptionOf } from '../resources/ebs-encryption.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyEbsDefaultKmsKeyId.html */
export const modifyEbsDefaultKmsKeyId = operation({
  name: 'ModifyEbsDefaultKmsKeyId',
  parameters: { KmsKeyId: required(text()) },
  errors: [],
  run({ KmsKeyId }, { region }) {
    ebsEncryptionOf(region).chosenKey = KmsKeyId
    return { kmsKeyId: KmsKeyId }
  },
  examples: [
    { title: "to a key of the account's own", given: { KmsKeyId: 'alias/own' }, answers: { kmsKeyId: 'alias/own' } },
    { title: 'to none', answers: 'MissingParameter' },
  ],
})
