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

/** The token that the first login of the default seed gives. */
const token = 'c7389a12-Q5kZDTV2fMm69x7geHCq8HJ'
const tplink = (body: string, host = 'wap', query = `?token=${token}`): Asked => ({
  method: 'POST',
  host: `${host}.tplinkcloud.com`,
  target: `/${query}`,
  headers: { 'Content-Type': 'application/json' },
  body,
})
const ask = (request: string, host?: string): Asked =>
  tplink(
    `{"method":"passthrough", "params": {"deviceId": "80067A92763BB9678CC4B904C94E70671329D302", "requestData": ${JSON.stringify(request)} }}`,
    host,
  )

function metadata(method: string, target: string, headers: Readonly<Record<string, string>> = {}): Asked {
  return { method, target, headers, host: 'metadata.invalid' }
}

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
  {
    kind: 'tplink',
    options: {
      clock: 'manual',
      faults: [
        { operation: 'system.set_led_off', fault: 'device-offline', call: 1 },
        { operation: 'system.set_led_off', fault: 'half-body', bytes: 10, call: 2 },
        { operation: 'system.set_led_off', fault: 'reset', call: 3 },
      ],
    },
    asked: [
      tplink(
        '{"method":"login","params":{"appType":"Kasa_Android","cloudUserName":"skipper@example.com","cloudPassword":"fair winds","terminalUUID":"1"}}',
        'wap',
        '',
      ),
      tplink('{"method":"getDeviceList"}'),
      tplink('{"method":"getDeviceList"}', 'n-use1-wap'),
      ask('{"system":{"set_dev_alias":{"alias":"Käpt\u2019n \\"<&>\\" \u20ac"}}}'),
      ask('{"context":{},"system":{"get_sysinfo":null},"emeter":{"get_realtime":null}}'),
      ask('{"system":{"get_sysinfo":null}}', 'use1-wap'),
      ask('{"system":'),
      ask('{"system":{"set_led_off":{"off":1}}}'),
      ask('{"system":{"set_led_off":{"off":1}}}'),
      ask('{"system":{"set_led_off":{"off":1}}}'),
      tplink('method=login', 'wap', ''),
      tplink('{"method":"getDeviceList"}', 'eu-wap', '?token=nobody'),
      { method: 'GET', host: 'wap.tplinkcloud.com', target: '/' },
      { method: 'GET', host: 'wap.tplinkcloud.com', target: '/_seatrial/devices' },
    ],
  },
  {
    kind: 'imds',
    options: {
      clock: 'manual',
      faults: [{ operation: 'user-data', fault: 'throttled', call: 2 }],
      seed: { aws: { instance: { userData: 'name: Zürich' } } },
    },
    // By a name that nobody has: what slipped past a mock must not reach the metadata of the machine below.
    asked: [
      metadata('GET', '/latest/meta-data/'),
      metadata('GET', '/latest/meta-data/placement/availability-zone'),
      metadata('PUT', '/latest/api/token', { 'X-aws-ec2-metadata-token-ttl-seconds': '60' }),
      metadata('PUT', '/latest/api/token'),
      metadata('GET', '/latest/meta-data/nothing'),
      metadata('GET', '/latest/user-data'),
      metadata('GET', '/latest/user-data'),
      metadata('HEAD', '/latest/meta-data/'),
      metadata('GET', '/metadata/instance?api-version=2021-02-01', { Metadata: 'true' }),
      metadata('GET', '/metadata/instance?api-version=2021-02-01'),
    ],
  },
]
