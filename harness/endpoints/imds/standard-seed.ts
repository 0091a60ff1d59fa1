import { versions } from './azure/versions.ts'
import type { ImdsSeed } from './seed.ts'

/** What an empty seed comes to, held to it by a test: a start without a seed needs no schema to be loaded. */
export const standardSeed: ImdsSeed = {
  clouds: ['aws', 'azure'],
  aws: {
    instance: {
      instanceId: 'i-0d1b5e0a7c3f49e21',
      imageId: 'ami-0a1b2c3d4e5f60718',
      instanceType: 't3.micro',
      architecture: 'x86_64',
      region: 'eu-west-1',
      accountId: '123456789012',
      privateIpAddress: '172.31.16.7',
      publicIpAddress: '203.0.113.25',
      ipv6Addresses: [],
      keyName: 'seatrial',
      openSshKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0mNcPIsnVgpiD5yyIMFSMAuZcPdEFhDrVqbPKH2u8P seatrial',
      securityGroups: [
        {
          id: 'sg-0f1e2d3c4b5a69788',
          name: 'default',
        },
      ],
      subnetId: 'subnet-0a9b8c7d6e5f40312',
      subnetCidr: '172.31.16.0/20',
      vpcId: 'vpc-01a2b3c4d5e6f7089',
      vpcCidr: '172.31.0.0/16',
      mac: '06:5a:11:0c:2f:77',
      interfaceId: 'eni-0b1c2d3e4f5061728',
      tags: {
        Name: 'seatrial',
      },
      blockDevices: [
        {
          device: '/dev/xvda',
          volumeId: 'vol-0123456789abcdef0',
        },
      ],
      launchTime: '2026-01-01T00:00:00Z',
      reservationId: 'r-0e1f2a3b4c5d60718',
      amiLaunchIndex: 0,
    },
    credentials: {
      lifetimeSeconds: 21600,
    },
    options: {},
    hops: 1,
    platform: 'nitro',
    events: {
      maintenance: [],
      lifecycle: [],
    },
    leaves: {},
  },
  azure: {
    versions: [...versions],
    name: 'seatrial-vm',
    vmId: '5f2c7f0e-8a5b-4d0a-9c1e-3b6f4a7d2e91',
    location: 'westeurope',
    zone: '1',
    vmSize: 'Standard_B1s',
    subscriptionId: '8d10da13-8125-4ba9-a717-bf7490507b3d',
    resourceGroupName: 'seatrial',
    tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47',
    image: {
      publisher: 'Debian',
      offer: 'debian-12',
      sku: '12-gen2',
      version: '0.20260101.2000',
    },
    adminUsername: 'azureuser',
    disablePasswordAuthentication: true,
    publicKeys: [
      {
        keyData: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0mNcPIsnVgpiD5yyIMFSMAuZcPdEFhDrVqbPKH2u8P seatrial',
        path: '/home/azureuser/.ssh/authorized_keys',
      },
    ],
    tags: {},
    userData: '',
    priority: 'Regular',
    evictionPolicy: '',
    scaleSetName: '',
    interfaces: [
      {
        mac: '000D3AF806EC',
        privateIpAddress: '10.0.0.4',
        publicIpAddress: '203.0.113.40',
        subnet: '10.0.0.0',
        prefix: '24',
      },
    ],
    dataDisks: [],
    identities: [
      {
        clientId: '0c1b9a52-5f0e-4e3a-8c6b-9d2e7f4a1b38',
      },
    ],
    events: [],
  },
}
