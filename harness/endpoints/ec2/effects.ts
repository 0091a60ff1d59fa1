/** Faults of the service's own making, besides its error codes: what happens to a thing after it was made. */
export const effects = {
  'snapshot-error': {
    operations: ['CreateSnapshot', 'CreateSnapshots', 'CopySnapshot'],
    says: 'The snapshot ends in error.',
  },
  'snapshot-stalls': {
    operations: ['CreateSnapshot', 'CreateSnapshots', 'CopySnapshot'],
    says: 'The snapshot stays pending.',
  },
  'attachment-busy': { operations: ['AttachVolume'], says: 'The attachment stays attaching.' },
  'detachment-busy': { operations: ['DetachVolume'], says: 'The attachment stays busy.' },
  'volume-error': { operations: ['CreateVolume'], says: 'The volume ends in error.' },
  'instance-terminates': {
    operations: ['RunInstances', 'StartInstances'],
    says: 'The instance goes from pending to terminated.',
  },
  'instance-stalls': { operations: ['RunInstances', 'StartInstances'], says: 'The instance stays pending.' },
  'instance-retires': {
    operations: ['RunInstances'],
    says: 'The instance is scheduled for retirement, as DescribeInstanceStatus tells.',
  },
  'image-error': { operations: ['CreateImage', 'CopyImage'], says: 'The image ends in failed.' },
} as const satisfies Readonly<Record<string, { readonly operations: readonly string[]; readonly says: string }>>
