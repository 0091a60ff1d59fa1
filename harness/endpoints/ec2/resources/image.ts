import { builtInImages } from '../images.ts'
import type { SeedImage } from '../seed.ts'
import type { Region } from '../store.ts'
import { resourceKind } from '../store.ts'
import type { Lifecycle } from './lifecycle.ts'
import { settled } from './lifecycle.ts'

export interface ImageDevice {
  readonly device: string
  readonly snapshotId?: string
  readonly sizeGiB?: number
  readonly volumeType?: string
  readonly iops?: number
  readonly encrypted?: boolean
  readonly deleteOnTermination?: boolean
  readonly virtualName?: string
  readonly noDevice?: boolean
}

export interface Image {
  readonly id: string
  name: string
  description: string
  readonly ownerId: string
  readonly ownerAlias: string | undefined
  readonly architecture: string
  readonly platform: string | undefined
  readonly virtualization: string
  readonly rootDevice: string
  readonly rootDeviceType: 'ebs' | 'instance-store'
  readonly devices: readonly ImageDevice[]
  readonly creationDate: Date
  readonly sourceInstanceId: string | undefined
  readonly sourceImageId: string | undefined
  readonly enaSupport: boolean
  readonly sriovNetSupport: string | undefined
  readonly bootMode: string | undefined
  readonly kernelId: string | undefined
  readonly ramdiskId: string | undefined
  deprecationTime: Date | undefined
  disabled: boolean
  life: Lifecycle<'pending' | 'available' | 'failed'>
  /** Accounts that may launch it, and `all`. */
  readonly launchPermissions: Set<string>
}

export const images = resourceKind<Image>({
  name: 'image',
  prefix: 'ami',
  notFound: 'InvalidAMIID.NotFound',
  malformed: 'InvalidAMIID.Malformed',
  initial(region) {
    const { images: given, onlyTheseImages } = region.world.seed
    const all = [...(onlyTheseImages ? [] : builtInImages), ...given]
    return all
      .filter(({ regions }) => regions === undefined || regions.includes(region.name))
      .map((each) => seeded(region, each))
  },
})

/** Account ids behind the names that AWS gives to owners. */
const aliases: Readonly<Record<string, string>> = { amazon: '137112412989', 'aws-marketplace': '679593333241' }

function seeded(region: Region, image: SeedImage): Image {
  for (const [key, value] of Object.entries(image.tags)) region.tags.set(image.id, 'image', key, value)
  const [rootDevice, sizeGiB] = [image.rootDevice, image.rootSizeGiB]
  return {
    id: image.id,
    name: image.name ?? image.id,
    description: image.description ?? '',
    ownerId: aliases[image.owner] ?? image.owner,
    ownerAlias: image.owner in aliases ? image.owner : undefined,
    architecture: image.architecture,
    platform: image.platform,
    virtualization: image.virtualization,
    rootDevice,
    rootDeviceType: 'ebs',
    devices: [
      {
        device: rootDevice,
        // The snapshot behind a public image is not among those that its users can see.
        snapshotId: `snap-${image.id.slice('ami-'.length)}`,
        sizeGiB,
        volumeType: 'gp2',
        encrypted: false,
        deleteOnTermination: true,
      },
    ],
    creationDate: new Date(image.createdAt),
    sourceInstanceId: undefined,
    sourceImageId: undefined,
    enaSupport: true,
    sriovNetSupport: undefined,
    bootMode: undefined,
    kernelId: undefined,
    ramdiskId: undefined,
    deprecationTime: undefined,
    disabled: false,
    life: settled('available'),
    launchPermissions: new Set(image.public ? ['all'] : []),
  }
}
