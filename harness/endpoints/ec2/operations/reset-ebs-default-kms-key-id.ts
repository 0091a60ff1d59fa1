import { operation } from '../operation.ts'
import { ebsEncryptionOf } from '../resources/ebs-encryption.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetEbsDefaultKmsKeyId.html */
export const resetEbsDefaultKmsKeyId = operation({
  name: 'ResetEbsDefaultKmsKeyId',
  parameters: {},
  errors: [],
  run(_, { region }) {
    const encryption = ebsEncryptionOf(region)
    encryption.chosenKey = undefined
    return { kmsKeyId: encryption.awsKey }
  },
  examples: [
    {
      title: 'to the one that AWS manages',
      before: [
        { action: 'ModifyEbsDefaultKmsKeyId', given: { KmsKeyId: 'alias/own' } },
        { action: 'ResetEbsDefaultKmsKeyId', as: 'reset' },
      ],
      answers: { kmsKeyId: '$reset.kmsKeyId' },
    },
  ],
})
