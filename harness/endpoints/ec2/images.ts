import type { SeedImage } from './seed-schema.ts'

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
