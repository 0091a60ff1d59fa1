import type { CreateOptions } from '../../core/create.ts'

export interface Asked {
  readonly method: string
  /** Decides the region or the regional host, whatever address the request goes to. */
  readonly host: string
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Conversation {
  readonly kind: string
  readonly options: CreateOptions
  readonly asked: readonly Asked[]
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' }
const ec2 = (body: string, region = 'eu-west-1'): Asked => ({
  method: 'POST',
  host: `ec2.${region}.amazonaws.com`,
  target: '/',
  headers: form,
  body: `Version=2016-11-15&${body}`,
})

/** One conversation with each kind: a state that changes, an error, an answer with text of all sorts, a fault. */
export const conversations: readonly Conversation[] = [
  {
    kind: 'ec2',
    options: {
      signatures: 'lenient',
      clock: 'manual',
      faults: [
        { operation: 'DescribeRegions', fault: 'half-body', bytes: 40, call: 1 },
        { operation: 'DescribeRegions', fault: 'reset', call: 2 },
        { operation: 'DescribeRegions', fault: 'slow', delayMs: 5, call: 3 },
      ],
    },
    asked: [
      ec2('Action=RunInstances&ImageId=ami-0a1b2c3d4e5f60001&MinCount=1&MaxCount=2'),
      ec2('Action=DescribeInstances'),
      ec2('Action=DescribeInstances', 'us-west-2'),
      ec2(
        'Action=CreateVolume&AvailabilityZone=eu-west-1a&Size=8&TagSpecification.1.ResourceType=volume&TagSpecification.1.Tag.1.Key=n%C3%A4me&TagSpecification.1.Tag.1.Value=%3C%26%22%E2%82%AC',
      ),
      { method: 'GET', host: 'ec2.eu-west-1.amazonaws.com', target: '/?Action=DescribeVolumes&Version=2016-11-15' },
      ec2('Action=DescribeNothing'),
      ec2('Action=DescribeVolumes&Filter.1.Name=no-such&Filter.1.Value.1=a'),
      { method: 'GET', host: 'ec2.eu-west-1.amazonaws.com', target: '/?Action=%ZZ' },
      ec2('Action=DescribeRegions'),
      ec2('Action=DescribeRegions'),
      ec2('Action=DescribeRegions'),
      { method: 'GET', host: 'ec2.eu-west-1.amazonaws.com', target: '/_seatrial/clock' },
    ],
  },
]
