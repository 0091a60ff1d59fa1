import { operation } from '../operation.ts'
import { ebsEncryptionOf } from '../resources/ebs-encryption.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsEncryptionByDefault.html */
export const getEbsEncryptionByDefault = operation({
  name: 'GetEbsEncryptionByDefault',
  parameters: {},
  errors: [],
  looks: true,
  run(_, { region }) {
    const { byDefault } = ebsEncryptionOf(region)
    return { ebsEncryptionByDefault: byDefault, sseType: byDefault ? 'sse-kms' : undefined }
  },
  examples: [
    { title: 'at first', answers: { ebsEncryptionByDefault: 'false', sseType: undefined } },
    {
      title: 'of the region where it was enabled alone',
      before: [{ action: 'EnableEbsEncryptionByDefault', region: 'eu-west-1' }],
      region: 'eu-west-1',
      answers: { ebsEncryptionByDefault: 'true' },
    },
  ],
})
