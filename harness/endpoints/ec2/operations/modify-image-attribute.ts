import { ec2Error } from '../errors.ts'
import { copyOfImage } from '../examples/images.ts'
import { operation } from '../operation.ts'
import { ownImage } from '../own-image.ts'
import type { Values } from '../parameters.ts'
import { list, required, structure, text } from '../parameters.ts'
import { checkedAccount, checkedGroup } from '../permissions.ts'
import { idOf } from '../resource.ts'
import type { LaunchPermission } from '../resources/image.ts'
import { images } from '../resources/image.ts'

const permission = structure({
  UserId: text(),
  Group: text(),
  OrganizationArn: text(),
  OrganizationalUnitArn: text(),
})
const parameters = {
  ImageId: required(idOf(images, 'prefix')),
  Attribute: text({ oneOf: ['description', 'launchPermission', 'productCodes', 'imdsSupport'] }),
  OperationType: text({ oneOf: ['add', 'remove'] }),
  Value: text(),
  Description: structure({ Value: text({ max: 255 }) }),
  ImdsSupport: structure({ Value: text({ oneOf: ['v2.0'] }) }),
  LaunchPermission: structure({ Add: list(permission), Remove: list(permission) }),
  UserId: list(text()),
  UserGroup: list(text()),
  OrganizationArn: list(text()),
  OrganizationalUnitArn: list(text()),
  ProductCode: list(text()),
}
type Given = Values<typeof parameters>
type Change = NonNullable<Given['LaunchPermission']>['Add'][number]

/** @throws Ec2Error InvalidAMIAttributeItemValue */
function permissionOf({ UserId, Group, OrganizationArn, OrganizationalUnitArn }: Change): LaunchPermission {
  if (Group !== undefined) return `group:${checkedGroup(Group)}`
  if (OrganizationArn !== undefined) return `organization:${OrganizationArn}`
  if (OrganizationalUnitArn !== undefined) return `unit:${OrganizationalUnitArn}`
  return `user:${checkedAccount(UserId ?? '', /^\d{12}$/)}`
}

/** The older form: lists beside OperationType. */
function listed(given: Given): LaunchPermission[] {
  return [
    ...given.UserGroup.map((group) => `group:${checkedGroup(group)}` as const),
    ...given.UserId.map((id) => `user:${checkedAccount(id, /^\d{12}$/)}` as const),
    ...given.OrganizationArn.map((arn) => `organization:${arn}` as const),
    ...given.OrganizationalUnitArn.map((arn) => `unit:${arn}` as const),
  ]
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html */
export const modifyImageAttribute = operation({
  name: 'ModifyImageAttribute',
  parameters,
  errors: [
    'InvalidAMIID.NotFound',
    'InvalidAMIID.Malformed',
    'InvalidAMIID.Unavailable',
    'InvalidAMIAttributeItemValue',
    'InvalidParameterCombination',
    'AuthFailure',
  ],
  run(given, { region }) {
    const image = ownImage(region, given.ImageId)
    const { LaunchPermission: change, OperationType: type, Attribute, Value } = given
    const plain = listed(given)
    if (plain.length > 0 && type === undefined) throw ec2Error('MissingParameter', 'OperationType')
    const added = [...(change?.Add ?? []).map(permissionOf), ...(type === 'add' ? plain : [])]
    const removed = [...(change?.Remove ?? []).map(permissionOf), ...(type === 'remove' ? plain : [])]
    const description = given.Description?.Value ?? (Attribute === 'description' ? Value : undefined)
    const imdsSupport = given.ImdsSupport?.Value ?? (Attribute === 'imdsSupport' ? Value : undefined)
    const nothing = [...added, ...removed, ...given.ProductCode].length === 0
    if (nothing && description === undefined && imdsSupport === undefined) {
      throw ec2Error('InvalidParameterCombination', 'No attributes specified.')
    }
    for (const name of added) image.launchPermissions.add(name)
    for (const name of removed) image.launchPermissions.delete(name)
    image.description = description ?? image.description
    image.imdsSupport = imdsSupport ?? image.imdsSupport
    image.productCodes = [...new Set([...image.productCodes, ...given.ProductCode])]
    return { return: true }
  },
  examples: [
    {
      title: 'to let an account launch it',
      before: [copyOfImage],
      given: { ImageId: '$image.imageId', 'LaunchPermission.Add.1.UserId': '111122223333' },
      answers: { return: 'true' },
    },
    {
      title: 'to let everybody launch it, in the older form',
      before: [copyOfImage],
      given: { ImageId: '$image.imageId', Attribute: 'launchPermission', OperationType: 'add', 'UserGroup.1': 'all' },
      answers: { return: 'true' },
    },
    {
      title: 'its description',
      before: [copyOfImage],
      given: { ImageId: '$image.imageId', 'Description.Value': 'of ours' },
      answers: { return: 'true' },
    },
    {
      title: 'for what is no account',
      before: [copyOfImage],
      given: { ImageId: '$image.imageId', OperationType: 'add', 'UserId.1': '12345678901A' },
      answers: 'InvalidAMIAttributeItemValue',
    },
    {
      title: 'without saying what',
      before: [copyOfImage],
      given: { ImageId: '$image.imageId' },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'of one that was deregistered',
      before: [copyOfImage, { action: 'DeregisterImage', given: { ImageId: '$image.imageId' } }],
      given: { ImageId: '$image.imageId', 'Description.Value': 'of ours' },
      answers: 'InvalidAMIID.Unavailable',
    },
    {
      title: "of one of AWS's own",
      given: { ImageId: 'ami-0a1b2c3d4e5f60003', 'Description.Value': 'of ours' },
      answers: 'AuthFailure',
    },
    {
      title: 'of an image that there is not',
      given: { ImageId: 'ami-0123456789abcdef0', 'Description.Value': 'of ours' },
      answers: 'InvalidAMIID.NotFound',
    },
    {
      title: 'of what is no image',
      given: { ImageId: 'debian', 'Description.Value': 'of ours' },
      answers: 'InvalidAMIID.Malformed',
    },
  ],
})
