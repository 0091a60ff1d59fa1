import { builtInImages } from '../images.ts'
import type { ResourceKind } from '../resource.ts'
import { resourceKind } from '../resource.ts'
import type { SeedImage } from '../seed-schema.ts'
import type { Region } from '../store.ts'
import type { Lifecycle } from './lifecycle.ts'
import { settled, stateOf } from './lifecycle.ts'
import { sharedBy } from './shared.ts'

export interface ImageDevice {
  readonly device: string
  readonly snapshotId?: string
  readonly sizeGiB?: number
  readonly volumeType?: string
  readonly iops?: number
  readonly throughput?: number
  readonly encrypted?: boolean
  readonly kmsKeyId?: string
  readonly deleteOnTermination?: boolean
  readonly virtualName?: string
  readonly noDevice?: boolean
}

/** Who may launch an image: everybody, an account, an organization or a unit of one. */
export type LaunchPermission = `group:${string}` | `user:${string}` | `organization:${string}` | `unit:${string}`

export interface Image {
  readonly id: string
  name: string
  description: string
  readonly ownerId: string
  readonly ownerAlias: string | undefined
  /** `amazon/al2023-ami-...`, or the manifest of an image in S3. */
  readonly location: string
  readonly architecture: string
  readonly platform: string | undefined
  readonly virtualization: string
  readonly rootDevice: string
  readonly rootDeviceType: 'ebs' | 'instance-store'
  readonly devices: readonly ImageDevice[]
  readonly creationDate: Date
  readonly sourceInstanceId: string | undefined
  readonly sourceImageId: string | undefined
  readonly sourceImageRegion: string | undefined
  readonly enaSupport: boolean
  readonly sriovNetSupport: string | undefined
  readonly bootMode: string | undefined
  readonly tpmSupport: string | undefined
  imdsSupport: string | undefined
  readonly uefiData: string | undefined
  readonly kernelId: string | undefined
  readonly ramdiskId: string | undefined
  productCodes: readonly string[]
  deprecationTime: Date | undefined
  disabled: boolean
  /** It can be named, but neither launched nor found any more. */
  deregistered: boolean
  life: Lifecycle<'pending' | 'available' | 'failed'>
  readonly launchPermissions: Set<LaunchPermission>
}

export const images: ResourceKind<Image> = resourceKind<Image>({
  name: 'image',
  prefix: 'ami',
  notFound: 'InvalidAMIID.NotFound',
  malformed: 'InvalidAMIID.Malformed',
  initial(region) {
    const { images: given, onlyTheseImages } = region.world.seed
    return [...(onlyTheseImages ? [] : builtInImages), ...given]
      .filter(({ regions }) => regions === undefined || regions.includes(region.name))
      .filter((each) => each.public || each.owner === region.accountId)
      .map((each) => seeded(region, each))
  },
  shared: (region, id) =>
    sharedBy(region, (other) => {
      const found = other.of(images).get(id)
      return found !== undefined && isSharedWith(found, other, region) ? [found] : []
    })[0],
})

function isSharedWith({ ownerId, launchPermissions }: Image, owner: Region, { accountId }: Region): boolean {
  const lets = launchPermissions.has('group:all') || launchPermissions.has(`user:${accountId}`)
  return ownerId === owner.accountId && lets
}

/** Every one that the region's account can see: its own, public ones, and what others share with it. */
export function visibleImages(region: Region): Image[] {
  const others = sharedBy(region, (other) =>
    [...other.of(images).everything()].filter((each) => isSharedWith(each, other, region)),
  )
  return [...region.of(images).all(), ...others]
}

export function imageState({ life, disabled, deregistered }: Image, region: Region): string {
  if (deregistered) return 'deregistered'
  const state = stateOf(region, life)
  return disabled && state === 'available' ? 'disabled' : state
}

/** Of an image of which nothing more is said. */
export const plainImage = {
  sourceInstanceId: undefined,
  sourceImageId: undefined,
  sourceImageRegion: undefined,
  enaSupport: true,
  sriovNetSupport: undefined,
  bootMode: undefined,
  tpmSupport: undefined,
  imdsSupport: undefined,
  uefiData: undefined,
  kernelId: undefined,
  ramdiskId: undefined,
  productCodes: [],
  deprecationTime: undefined,
  disabled: false,
  deregistered: false,
} as const satisfies Partial<Image>

/** Accounts behind the names that AWS gives to owners; several have the name `amazon`. */
const aliases: Readonly<Record<string, string>> = { amazon: '137112412989', 'aws-marketplace': '679593333241' }
const amazonAccounts: ReadonlySet<string> = new Set([
  '137112412989',
  '801119661308',
  '898082745236',
  '013907871322',
  '309956199498',
])

function seeded(region: Region, image: SeedImage): Image {
  for (const [key, value] of Object.entries(image.tags)) region.tags.set(image.id, 'image', key, value)
  const [rootDevice, sizeGiB, name] = [image.rootDevice, image.rootSizeGiB, image.name ?? image.id]
  const alias = image.owner in aliases ? image.owner : amazonAccounts.has(image.owner) ? 'amazon' : undefined
  return {
    id: image.id,
    name,
    description: image.description ?? '',
    ownerId: aliases[image.owner] ?? image.owner,
    ownerAlias: alias,
    location: `${alias ?? image.owner}/${name}`,
    architecture: image.architecture,
    platform: image.platform,
    virtualization: image.virtualization,
    rootDevice,
    rootDeviceType: 'ebs',
    devices: [
      {
        device: rootDevice,
        snapshotId: snapshotBehind(image.id),
        sizeGiB,
        volumeType: 'gp2',
        encrypted: false,
        deleteOnTermination: true,
      },
    ],
    creationDate: new Date(image.createdAt),
    ...plainImage,
    sriovNetSupport: image.virtualization === 'hvm' ? 'simple' : undefined,
    life: settled('available'),
    launchPermissions: new Set(image.public ? (['group:all'] as const) : []),
  }
}

/** The snapshot of an image that is there from the start. */
function snapshotBehind(imageId: string): string {
  return `snap-${imageId.slice('ami-'.length)}`
}
