import type { SeedImage } from './seed-schema.ts'

/** Real images of 2017, which example programs and public test suites still name. */
const windows2017 = {
  'ami-12c6146b': 'Windows_Server-2008-R2_SP1-English-64Bit-Base-2017.10.13',
  'ami-03cf127a': 'Windows_Server-2016-English-Nano-Base-2017.10.13',
  'ami-f4cf1d8d': 'Windows_Server-2012-R2_RTM-English-64Bit-SQL_2016_SP1_Standard-2017.10.13',
  'ami-1ecc1e67': 'Windows_Server-2012-R2_RTM-English-64Bit-Base-2017.10.13',
  'ami-b7e93bce': 'Windows_Server-2016-English-Full-Base-2017.10.13',
}

/** Images that are there in every region unless the seed wants only its own. */
export const builtInImages: readonly SeedImage[] = [
  image({ id: 'ami-0a1b2c3d4e5f60001', name: 'al2023-ami-2023.6-x86_64', rootDevice: '/dev/xvda' }),
  image({
    id: 'ami-0a1b2c3d4e5f60002',
    name: 'al2023-ami-2023.6-arm64',
    rootDevice: '/dev/xvda',
    architecture: 'arm64',
  }),
  image({ id: 'ami-0a1b2c3d4e5f60003', name: 'debian-12-amd64', rootDevice: '/dev/xvda' }),
  image({ id: 'ami-0a1b2c3d4e5f60004', name: 'ubuntu-24.04-amd64-server', rootDevice: '/dev/sda1' }),
  image({
    id: 'ami-0a1b2c3d4e5f60005',
    name: 'Windows_Server-2022-English-Full-Base',
    rootDevice: '/dev/sda1',
    platform: 'windows',
    rootSizeGiB: 30,
  }),
  ...older(windows2017, { owner: '801119661308', rootDevice: '/dev/sda1', platform: 'windows' }),
  ...older(
    {
      'ami-760aaa0f': 'amzn-ami-hvm-2017.09.1.20171103-x86_64-gp2',
      'ami-000c540e28953ace2': 'amzn-ami-minimal-hvm-2018.03.0.20181129-x86_64-ebs',
      'ami-00a36856283d67c39': 'amzn-ami-vpc-nat-2018.03.0.20210721.0-x86_64-ebs',
      'ami-04681a1dbd79675a5': 'amzn2-ami-hvm-2.0.20180810-x86_64-gp2',
    },
    { owner: '137112412989', rootDevice: '/dev/xvda' },
  ),
  ...older(
    { 'ami-8104a4f8': 'amzn-ami-pv-2017.09.1.20171103-x86_64-ebs' },
    { owner: '137112412989', rootDevice: '/dev/sda1', virtualization: 'paravirtual' },
  ),
  ...older(
    {
      'ami-1e749f67': 'ubuntu/images/hvm-ssd/ubuntu-trusty-14.04-amd64-server-20170727',
      'ami-785db401': 'ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-20170721',
    },
    { owner: '099720109477', rootDevice: '/dev/sda1' },
  ),
  ...older(
    { 'ami-35e92e4c': 'suse-sles-12-sp3-v20170907-hvm-ssd-x86_64' },
    { owner: '013907871322', rootDevice: '/dev/sda1' },
  ),
  ...older(
    { 'ami-fa7cdd89': 'suse-sles-11-sp4-v20151207-pv-ssd-x86_64' },
    { owner: '013907871322', rootDevice: '/dev/sda', virtualization: 'paravirtual' },
  ),
  ...older(
    { 'ami-bb9a6bc2': 'RHEL-7.4_HVM_GA-20170808-x86_64-2-Hourly2-GP2' },
    { owner: '309956199498', rootDevice: '/dev/sda1' },
  ),
]

function image(given: Pick<SeedImage, 'id' | 'rootDevice'> & Partial<SeedImage>): SeedImage {
  return {
    owner: 'amazon',
    public: true,
    architecture: 'x86_64',
    virtualization: 'hvm',
    rootSizeGiB: 8,
    createdAt: '2025-01-01T00:00:00Z',
    tags: {},
    ...given,
  }
}

/** Several of one maker, by id and name. */
function older(
  named: Readonly<Record<string, string>>,
  alike: Pick<SeedImage, 'rootDevice'> & Partial<SeedImage>,
): SeedImage[] {
  return Object.entries(named).map(([id, name]) => image({ ...alike, id, name, createdAt: '2017-11-04T00:00:00Z' }))
}
