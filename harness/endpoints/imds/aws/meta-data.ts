import type { InstanceFacts } from '../../core/instance-facts.ts'
import type { AwsSeed } from '../seed.ts'
import { addressLeaves, interfaceLeaves } from './network.ts'

type Leaf = readonly [path: string, text: string]

/** What the service tells of an instance, less what comes and goes: events, credentials, identity. */
export function* metaData(facts: InstanceFacts, seed: AwsSeed): Iterable<Leaf> {
  for (const [path, text] of [...plain(facts, seed), ...addressLeaves(facts), ...interfaceLeaves(facts)]) {
    if (text !== undefined && text !== '') yield [`meta-data/${path}`, text]
  }
  if (tagsAreShown(facts, seed)) {
    for (const [key, value] of Object.entries(facts.tags)) {
      // Where tags are to be shown EC2 takes no key with a slash, a blank, or one of these names.
      if (/^(?!\.{1,2}$|_index$)[\w.+=@:-]+$/.test(key)) yield [`meta-data/tags/instance/${key}`, value]
    }
  }
}

function* plain(facts: InstanceFacts, seed: AwsSeed): Iterable<readonly [string, string | undefined]> {
  yield ['ami-id', facts.imageId]
  yield ['ami-launch-index', String(facts.amiLaunchIndex)]
  yield ['ami-manifest-path', '(unknown)']
  yield* blockDevices(facts)
  yield ['hibernation/configured', 'false']
  yield ['instance-action', seed.events.spot === undefined ? 'none' : undefined]
  yield ['instance-id', facts.instanceId]
  yield ['instance-life-cycle', seed.lifeCycle ?? (seed.events.spot === undefined ? 'on-demand' : 'spot')]
  yield ['instance-type', facts.instanceType]
  yield ['metrics/vhostmd', '<?xml version="1.0" encoding="UTF-8"?>']
  yield ['placement/availability-zone', facts.availabilityZone]
  yield ['placement/availability-zone-id', facts.availabilityZoneId]
  yield ['placement/region', facts.region]
  yield ['profile', 'default-hvm']
  yield ['public-keys/0/openssh-key', facts.keyName === undefined ? undefined : facts.openSshKey]
  yield ['reservation-id', facts.reservationId]
  yield ['security-groups', facts.securityGroups.map(({ name }) => name).join('\n')]
  yield ['services/domain', facts.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com']
  yield ['services/partition', partitionOf(facts.region)]
  yield ['system', seed.platform]
}

function* blockDevices({ blockDevices: devices, rootDeviceName }: InstanceFacts): Iterable<Leaf> {
  const root = rootDeviceName ?? devices[0]?.device ?? '/dev/xvda'
  const short = (device: string): string => device.replace('/dev/', '')
  yield ['block-device-mapping/ami', short(root)]
  for (const [index, { device }] of devices.filter((each) => each.device !== root).entries()) {
    yield [`block-device-mapping/ebs${index + 1}`, short(device)]
  }
  yield ['block-device-mapping/root', root]
}

function tagsAreShown({ metadataOptions }: InstanceFacts, { options }: AwsSeed): boolean {
  return (options.instanceMetadataTags ?? metadataOptions?.instanceMetadataTags ?? 'enabled') === 'enabled'
}

/** `aws`, or one of the partitions that have regions of their own. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
