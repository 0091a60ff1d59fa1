import type { ErrorTable } from './sentence.ts'
import { missing } from './sentence.ts'

/** Of instances, images and keys. */
export const instanceErrors = {
  // Instances
  'InvalidInstanceID.NotFound': [400, missing('instance ID', 'instance IDs')],
  'InvalidInstanceID.Malformed': [400, (id: string) => `Invalid id: "${id}"`],
  IncorrectInstanceState: [400, (what: string) => what],
  IncorrectState: [400, (what: string) => what],
  OperationNotPermitted: [400, (what: string) => what],
  InvalidInstanceID: [
    400,
    (id: string, state: string) => `The ${state} instance '${id}' is not in a valid state for this operation.`,
  ],
  UnsupportedHibernationConfiguration: [400, (id: string) => `The instance '${id}' is not configured for hibernation.`],
  InvalidInstanceType: [
    400,
    (...types: string[]) => `The following supplied instance types do not exist: [${types.join(', ')}]`,
  ],
  InvalidInstanceAttributeValue: [400, (what: string) => what],
  InvalidBlockDeviceMapping: [400, (what: string) => what],
  'InvalidLaunchTemplateId.NotFound': [
    400,
    (id: string) => `The specified launch template, with template ID ${id}, does not exist.`,
  ],
  'InvalidLaunchTemplateName.NotFoundException': [
    400,
    (name: string) => `The specified launch template, with template name ${name}, does not exist.`,
  ],
  InvalidUserData: [400, (what: string) => what],

  // Images and keys
  'InvalidAMIID.NotFound': [
    400,
    (...ids: string[]) =>
      `The image id${ids.length === 1 ? '' : 's'} '[${ids.join(', ')}]' do${ids.length === 1 ? 'es' : ''} not exist`,
  ],
  'InvalidAMIID.Malformed': [400, (id: string) => `Invalid id: "${id}" (expecting "ami-...")`],
  'InvalidAMIID.Unavailable': [400, (id: string) => `The image ID '${id}' is no longer available`],
  InvalidAMIAttributeItemValue: [
    400,
    (value: string, attribute: string) => `Invalid attribute item value "${value}" for ${attribute} item type.`,
  ],
  'InvalidAMIName.Duplicate': [400, (name: string, id: string) => `AMI name ${name} is already in use by AMI ${id}`],
  'InvalidAMIName.Malformed': [
    400,
    () =>
      "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, spaces, parentheses (()), periods (.), slashes (/), dashes (-), single quotes ('), at-signs (@), and underscores (_)",
  ],
  'InvalidKeyPair.NotFound': [400, (...names: string[]) => `The key pair '${names.join(', ')}' does not exist`],
  'InvalidKeyPair.Duplicate': [400, (name: string) => `The keypair '${name}' already exists.`],
  'InvalidKeyPair.Format': [400, () => 'Key is not in valid OpenSSH public key format'],
} as const satisfies ErrorTable
