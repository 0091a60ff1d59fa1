import { operation } from '../operation.ts'
import { ebsEncryptionOf } from '../resources/ebs-encryption.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html */
export const enableEbsEncryptionByDefault = operation({
  name: 'EnableEbsEncryptionByDefault',
  parameters: {},
  errors: [],
  run(_, { region }) {
    ebsEncryptionOf(region).byDefault = true
    return { ebsEncryptionByDefault: true }
  },
  examples: [{ title: 'for all new volumes and copies of the region', answers: { ebsEncryptionByDefault: 'true' } }],
})
