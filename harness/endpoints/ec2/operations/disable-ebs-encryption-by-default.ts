import { operation } from '../operation.ts'
import { ebsEncryptionOf } from '../resources/ebs-encryption.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableEbsEncryptionByDefault.html */
export const disableEbsEncryptionByDefault = operation({
  name: 'DisableEbsEncryptionByDefault',
  parameters: {},
  errors: [],
  run(_, { region }) {
    ebsEncryptionOf(region).byDefault = false
    return { ebsEncryptionByDefault: false }
  },
  examples: [
    {
      title: 'after it was enabled',
      before: [{ action: 'EnableEbsEncryptionByDefault' }],
      answers: { ebsEncryptionByDefault: 'false' },
    },
  ],
})
