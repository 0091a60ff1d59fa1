import { describe } from '../operation.ts'
import { boolean, list, text } from '../parameters.ts'
import type { Image } from '../resources/image.ts'
import { images, visibleImages } from '../resources/image.ts'
import { imageFilters, imageView } from '../resources/image-view.ts'

const run = [
  { action: 'RunInstances', given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' }, as: 'run' },
  { advanceMs: 60_000 },
]
const create = {
  action: 'CreateImage',
  given: { InstanceId: '$run.instancesSet.0.instanceId', Name: 'web of today' },
  as: 'image',
}

function isOf({ ownerId, ownerAlias }: Image, owner: string, self: string): boolean {
  return owner === 'self' ? ownerId === self : ownerId === owner || ownerAlias === owner
}

/** For an account only what names it, for `all` what is public (API reference, ExecutableBy). */
function isExecutableBy({ launchPermissions, ownerId }: Image, user: string, self: string): boolean {
  if (user === 'all') return launchPermissions.has('group:all')
  if (user !== 'self' && user !== self) return launchPermissions.has(`user:${user}`)
  return launchPermissions.has(`user:${self}`) || (ownerId !== self && launchPermissions.has('group:all'))
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
export const describeImages = describe({
  name: 'DescribeImages',
  kind: images,
  ids: 'ImageId',
  checked: 'prefix',
  set: 'imagesSet',
  view: imageView,
  filters: imageFilters,
  paging: { min: 1, max: 1_000 },
  more: {
    Owner: list(text()),
    ExecutableBy: list(text()),
    IncludeDeprecated: boolean(),
    IncludeDisabled: boolean(),
  },
  items: ({ region }) => visibleImages(region),
  choose(items, { Owner: owners, ExecutableBy: users, IncludeDeprecated, IncludeDisabled }, { region }) {
    const [self, now] = [region.accountId, region.now()]
    return items.filter(
      (image) =>
        !image.deregistered &&
        (IncludeDisabled === true || !image.disabled) &&
        (IncludeDeprecated === true ||
          image.ownerId === self ||
          image.deprecationTime === undefined ||
          image.deprecationTime > now) &&
        (owners.length === 0 || owners.some((owner) => isOf(image, owner, self))) &&
        (users.length === 0 || users.some((user) => isExecutableBy(image, user, self))),
    )
  },
  examples: [
    {
      title: "one of AWS's own",
      given: { 'ImageId.1': 'ami-0a1b2c3d4e5f60001' },
      answers: {
        'imagesSet.0.imageState': 'available',
        'imagesSet.0.imageOwnerAlias': 'amazon',
        'imagesSet.0.isPublic': 'true',
        'imagesSet.0.rootDeviceName': '/dev/xvda',
        'imagesSet.0.blockDeviceMapping.0.ebs.volumeSize': '8',
      },
    },
    {
      title: "the account's own, pending at first",
      before: [...run, create],
      given: { 'Owner.1': 'self' },
      answers: {
        'imagesSet.0.imageId': '$image.imageId',
        'imagesSet.0.imageState': 'pending',
        'imagesSet.0.imageOwnerId': '123456789012',
        'imagesSet.0.isPublic': 'false',
        'imagesSet.0.sourceInstanceId': '$run.instancesSet.0.instanceId',
        'imagesSet.1.imageId': undefined,
      },
    },
    {
      title: "Amazon's, by name with a wildcard and architecture",
      given: {
        'Owner.1': 'amazon',
        'Filter.1.Name': 'name',
        'Filter.1.Value.1': 'al2023-ami-*',
        'Filter.2.Name': 'architecture',
        'Filter.2.Value.1': 'arm64',
      },
      answers: { 'imagesSet.0.imageId': 'ami-0a1b2c3d4e5f60002', 'imagesSet.1.imageId': undefined },
    },
    {
      title: 'one that failed, by the fault plan',
      faults: [{ operation: 'CreateImage', fault: 'image-error' }],
      before: [...run, create, { advanceMs: 600_000 }],
      given: { 'ImageId.1': '$image.imageId' },
      answers: { 'imagesSet.0.imageState': 'failed', 'imagesSet.0.stateReason.code': 'Client.InternalError' },
    },
    {
      title: 'what an account may launch because it is named',
      before: [
        ...run,
        create,
        {
          action: 'ModifyImageAttribute',
          given: { ImageId: '$image.imageId', 'LaunchPermission.Add.1.UserId': '111122223333' },
        },
      ],
      given: { 'ExecutableBy.1': '111122223333' },
      answers: { 'imagesSet.0.imageId': '$image.imageId', 'imagesSet.1.imageId': undefined },
    },
    {
      title: 'one that was deregistered: known, but no longer shown',
      before: [...run, create, { action: 'DeregisterImage', given: { ImageId: '$image.imageId' } }],
      given: { 'ImageId.1': '$image.imageId' },
      answers: { imagesSet: '' },
    },
    {
      title: 'one that is disabled, which must be asked for',
      before: [
        ...run,
        create,
        { advanceMs: 600_000 },
        { action: 'DisableImage', given: { ImageId: '$image.imageId' } },
      ],
      given: { 'Owner.1': 'self', IncludeDisabled: 'true' },
      answers: { 'imagesSet.0.imageId': '$image.imageId', 'imagesSet.0.imageState': 'disabled' },
    },
    {
      title: 'an id that there is not',
      given: { 'ImageId.1': 'ami-0123456789abcdef0' },
      answers: 'InvalidAMIID.NotFound',
    },
    { title: 'an id that is none', given: { 'ImageId.1': 'debian' }, answers: 'InvalidAMIID.Malformed' },
  ],
})
