import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'

/** What a region does with new volumes and copies when a request says nothing of encryption; one in each region. */
interface EbsEncryption {
  readonly id: 'ebs-encryption'
  byDefault: boolean
  /** ARN of the key behind `alias/aws/ebs`. */
  readonly awsKey: string
  /** The account's own choice in its place. */
  chosenKey: string | undefined
}

const ebsEncryption = resourceKind<EbsEncryption>({
  name: 'ebs-encryption',
  prefix: 'ebs-encryption',
  notFound: 'Resource.NotFound',
  initial: (region) => [
    {
      id: 'ebs-encryption',
      byDefault: false,
      awsKey: `arn:aws:kms:${region.name}:${region.accountId}:key/${region.ids.uuid('kms-key')}`,
      chosenKey: undefined,
    },
  ],
})

export function ebsEncryptionOf(region: Region): EbsEncryption {
  return region.of(ebsEncryption).demand('ebs-encryption')
}

interface Asked {
  readonly encrypted: boolean | undefined
  readonly kmsKeyId: string | undefined
}

/** Whether what is made is encrypted, and with which key: an encrypted source makes an encrypted thing, with its key. */
export function encryptionFor(
  region: Region,
  asked: Asked,
  source?: { readonly encrypted: boolean; readonly kmsKeyId: string | undefined },
): { encrypted: boolean; kmsKeyId: string | undefined } {
  const { byDefault, awsKey, chosenKey } = ebsEncryptionOf(region)
  const encrypted = asked.encrypted === true || source?.encrypted === true || byDefault
  if (!encrypted) return { encrypted, kmsKeyId: undefined }
  return { encrypted, kmsKeyId: asked.kmsKeyId ?? source?.kmsKeyId ?? chosenKey ?? awsKey }
}
