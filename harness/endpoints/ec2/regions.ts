import type { Ec2Seed } from './seed.ts'

export interface Zone {
  /** `eu-west-1a` */
  readonly name: string
  /** `euw1-az3`: the same place under every account. */
  readonly id: string
}

/** AWS's regions with their zones, as `letter:zone id`; seen 2026-11-21. */
const awsRegions: Readonly<Record<string, string>> = {
  'af-south-1': 'a:afs1-az1 b:afs1-az2 c:afs1-az3',
  'ap-east-1': 'a:ape1-az1 b:ape1-az2 c:ape1-az3',
  'ap-east-2': 'a:ape2-az1 b:ape2-az2 c:ape2-az3',
  'ap-northeast-1': 'a:apne1-az4 c:apne1-az1 d:apne1-az2',
  'ap-northeast-2': 'a:apne2-az1 b:apne2-az2 c:apne2-az3 d:apne2-az4',
  'ap-northeast-3': 'a:apne3-az1 b:apne3-az2 c:apne3-az3',
  'ap-south-1': 'a:aps1-az1 b:aps1-az3 c:aps1-az2',
  'ap-south-2': 'a:aps2-az1 b:aps2-az2 c:aps2-az3',
  'ap-southeast-1': 'a:apse1-az1 b:apse1-az2 c:apse1-az3',
  'ap-southeast-2': 'a:apse2-az1 b:apse2-az3 c:apse2-az2',
  'ap-southeast-3': 'a:apse3-az1 b:apse3-az2 c:apse3-az3',
  'ap-southeast-4': 'a:apse4-az1 b:apse4-az2 c:apse4-az3',
  'ap-southeast-5': 'a:apse5-az1 b:apse5-az2 c:apse5-az3',
  'ap-southeast-6': 'a:apse6-az1 b:apse6-az2 c:apse6-az3',
  'ap-southeast-7': 'a:apse7-az1 b:apse7-az2 c:apse7-az3',
  'ca-central-1': 'a:cac1-az1 b:cac1-az2 d:cac1-az4',
  'ca-west-1': 'a:caw1-az1 b:caw1-az2 c:caw1-az3',
  'cn-north-1': 'a:cnn1-az1 b:cnn1-az2',
  'cn-northwest-1': 'a:cnnw1-az1 b:cnnw1-az2 c:cnnw1-az3',
  'eu-central-1': 'a:euc1-az1 b:euc1-az2 c:euc1-az3',
  'eu-central-2': 'a:euc2-az1 b:euc2-az2 c:euc2-az3',
  'eu-north-1': 'a:eun1-az1 b:eun1-az2 c:eun1-az3',
  'eu-south-1': 'a:eus1-az1 b:eus1-az2 c:eus1-az3',
  'eu-south-2': 'a:eus2-az1 b:eus2-az2 c:eus2-az3',
  'eu-west-1': 'a:euw1-az3 b:euw1-az1 c:euw1-az2',
  'eu-west-2': 'a:euw2-az2 b:euw2-az3 c:euw2-az1',
  'eu-west-3': 'a:euw3-az1 b:euw3-az2 c:euw3-az3',
  'il-central-1': 'a:ilc1-az1 b:ilc1-az2 c:ilc1-az3',
  'me-central-1': 'a:mec1-az1 b:mec1-az2 c:mec1-az3',
  'me-south-1': 'a:mes1-az1 b:mes1-az2 c:mes1-az3',
  'mx-central-1': 'a:mxc1-az1 b:mxc1-az2 c:mxc1-az3',
  'sa-east-1': 'a:sae1-az1 b:sae1-az2 c:sae1-az3',
  'us-east-1': 'a:use1-az6 b:use1-az1 c:use1-az2 d:use1-az4 e:use1-az3 f:use1-az5',
  'us-east-2': 'a:use2-az1 b:use2-az2 c:use2-az3',
  'us-gov-east-1': 'a:usge1-az1 b:usge1-az2 c:usge1-az3',
  'us-gov-west-1': 'a:usgw1-az1 b:usgw1-az2 c:usgw1-az3',
  'us-west-1': 'a:usw1-az3 b:usw1-az1',
  'us-west-2': 'a:usw2-az2 b:usw2-az1 c:usw2-az3 d:usw2-az4',
}

/** Regions that an account has only once it asked for them. */
export const optInRegions: ReadonlySet<string> = new Set([
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
])

/** Regions of another partition: they are there for whoever names them, and in no list of the others. */
function isElsewhere(name: string): boolean {
  return name.startsWith('cn-') || name.startsWith('us-gov-')
}

/** Every region that requests can be for. */
export function regionNames({ regions }: Pick<Ec2Seed, 'regions'>): readonly string[] {
  return Object.keys(regions ?? awsRegions)
}

/** The regions that one of them lists: those of its own partition. */
export function regionsSeenFrom(name: string, seed: Pick<Ec2Seed, 'regions'>): string[] {
  const partition = (each: string): string => (isElsewhere(each) ? each.slice(0, 2) : 'aws')
  return regionNames(seed).filter((each) => partition(each) === partition(name))
}

/** The zones of a region; none for one that there is not. */
export function zonesOf(region: string, { regions }: Pick<Ec2Seed, 'regions'>): Zone[] {
  if (regions !== undefined) {
    const short = region.replaceAll(/([a-z])[a-z]*-?/g, '$1')
    return (regions[region] ?? []).map((name, index) => ({ name, id: `${short}-az${index + 1}` }))
  }
  return (awsRegions[region]?.split(' ') ?? []).map((entry) => {
    const [letter = '', id = ''] = entry.split(':')
    return { name: `${region}${letter}`, id }
  })
}

/** `ec2.eu-west-1.amazonaws.com` */
export function endpointOf(region: string): string {
  return `ec2.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
}
