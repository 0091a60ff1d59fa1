import { operation } from '../operation.ts'
import { ebsEncryptionOf } from '../resources/ebs-encryption.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsDefaultKmsKeyId.html */
export const getEbsDefaultKmsKeyId = operation({
  name: 'GetEbsDefaultKmsKeyId',
  parameters: {},
  errors: [],
  looks: true,
  run(_, { region }) {
    return { kmsKeyId: ebsEncryptionOf(region).chosenKey ?? 'alias/aws/ebs' }
  },
  examples: [{ title: 'the one that AWS manages', answers: { kmsKeyId: 'alias/aws/ebs' } }],
})
