import { z } from 'zod'
import { regionNames } from './cloud/hosts.ts'
import { modelHint, modelOf } from './devices/models.ts'

const region = z.enum(regionNames)
const bit = z.union([z.literal(0), z.literal(1)])
const seconds = z.int().min(0).max(1_000_000_000)
const year = z.int().min(2000).max(2100)
const month = z.int().min(1).max(12)

/** What hangs on an outlet, and what it used so far. The units are a person's; each device converts to its own. */
const emeter = z.strictObject({
  watts: z.number().min(0).default(7.5),
  volts: z.number().min(0).default(230.5),
  amperes: z.number().min(0).default(0.046),
  kilowattHours: z.number().min(0).default(12.345).meta({ description: 'Meter reading' }),
  drawsWhenOff: z.boolean().default(false).meta({ description: 'Whether the values stand while the relay is off' }),
  days: z
    .array(z.strictObject({ year, month, day: z.int().min(1).max(31), kilowattHours: z.number().min(0) }))
    .optional()
    .meta({ description: 'Energy by day; made up from the device id unless given' }),
})

const rule = z.looseObject({ id: z.string().min(1) })

const outlet = z.strictObject({
  alias: z.string().min(1).max(63).optional(),
  relayState: bit.default(0),
  onSeconds: seconds.optional().meta({ description: 'For how long it has been on' }),
  emeter: emeter.optional(),
  schedule: z.array(rule).optional(),
})

const hex = (digits: number): z.ZodString =>
  z.string().regex(new RegExp(`^[0-9A-Z]{${digits}}$`), `wanted ${digits} digits and capital letters`)

const device = z.strictObject({
  alias: z.string().min(1).max(63),
  model: z.string().superRefine((name, context) => {
    if (modelOf(name) === undefined) context.addIssue({ code: 'custom', message: `wanted ${modelHint(name)}` })
  }),
  deviceId: z
    .string()
    .regex(/^\w{8,64}$/, 'wanted 8 to 64 letters, digits and underscores')
    .optional(),
  mac: z
    .string()
    .regex(/^(?:[0-9A-Z]{2}:?){6}$/, 'wanted a MAC such as 50:C7:BF:00:00:01')
    .optional(),
  hwVer: z.string().optional(),
  fwVer: z.string().optional(),
  deviceName: z.string().optional(),
  hwId: hex(32).optional(),
  fwId: hex(32).optional(),
  oemId: hex(32).optional(),
  region: region.optional().meta({ description: "The account's unless given" }),
  online: z.boolean().default(true).meta({ description: 'Whether the cloud can reach it' }),
  relayState: bit.default(0),
  onSeconds: seconds.optional(),
  ledOff: bit.default(0),
  rssi: z.int().min(-120).max(0).default(-47),
  ssid: z.string().default('Sea Trial'),
  stationRssi: z.int().min(-120).max(0).optional().meta({ description: 'In get_stainfo; as rssi unless given' }),
  latitude: z.number().min(-90).max(90).default(51.4769),
  longitude: z.number().min(-180).max(180).default(0),
  timezone: z
    .strictObject({ index: z.int().min(0), offsetMinutes: z.int().min(-840).max(840) })
    .default({ index: 39, offsetMinutes: 0 }),
  emeter: emeter.optional(),
  schedule: z.array(rule).optional(),
  children: z.array(outlet).optional().meta({ description: 'Outlets of a strip' }),
  light: z
    .strictObject({
      on: bit.default(0),
      brightness: z.int().min(0).max(100).default(100),
      hue: z.int().min(0).max(360).default(0),
      saturation: z.int().min(0).max(100).default(0),
      colorTemp: z.int().min(0).max(9000).default(2700),
    })
    .optional(),
  sysinfo: z.record(z.string(), z.json()).optional().meta({ description: 'Put over what get_sysinfo answers' }),
  local: z
    .strictObject({ port: z.int().min(0).max(65_535).default(0), host: z.string().min(1).default('127.0.0.1') })
    .optional()
    .meta({ description: 'Serve the local protocol on TCP and UDP; real devices listen on 9999' }),
})

const account = z.strictObject({
  email: z.string().min(1),
  password: z.string().min(1),
  accountId: z.string().optional(),
  regTime: z.string().default('2017-01-29 08:15:00'),
  countryCode: z.string().length(2).default('GB'),
  region: region.default('eu-west-1'),
  locked: z.boolean().default(false),
  mfa: z.strictObject({ code: z.string().min(1).default('123456') }).optional(),
  devices: z.array(device).default([]),
})

/** Two of a name would be one to every client. The id of a device is made from its name unless it is given. */
function refuseTwins(accounts: readonly z.infer<typeof account>[], context: z.RefinementCtx): void {
  const seen = new Set<string>()
  const demand = (name: string, path: (string | number)[], wanted: string): void => {
    if (seen.has(name)) context.addIssue({ code: 'custom', path, message: `wanted ${wanted}` })
    seen.add(name)
  }
  for (const [at, { email, devices }] of accounts.entries()) {
    demand(`account ${email.toLowerCase()}`, [at, 'email'], 'an e-mail address that no other account has')
    for (const [index, { alias, deviceId }] of devices.entries()) {
      if (deviceId !== undefined) demand(`id ${deviceId}`, [at, 'devices', index, 'deviceId'], 'an id of its own')
      else demand(`${email}/${alias}`, [at, 'devices', index, 'alias'], 'a name of its own, or a deviceId')
    }
  }
}

/** What a TP-Link cloud has beforehand. An empty object gives one account with an HS100 and an HS110. */
export const tplinkSeed = z.strictObject({
  accounts: z
    .array(account)
    .min(1)
    .superRefine(refuseTwins)
    .default(() => [account.parse(defaultAccount)]),
  appServerUrls: z
    .enum(['by-host', 'real', 'self'])
    .default('by-host')
    .meta({ description: "self: devices are reached where the request came in; real: at the cloud's own names" }),
  globalHost: z
    .enum(['forwards', 'refuses'])
    .default('forwards')
    .meta({ description: 'Whether wap.tplinkcloud.com reaches devices of every region' }),
  tapoListed: z.enum(['everywhere', 'by-app']).default('everywhere').meta({
    description: 'by-app: Tapo devices only for clients whose appName says Tapo, Kasa devices for the others',
  }),
  tapoAlias: z
    .enum(['base64', 'plain'])
    .default('base64')
    .meta({ description: 'How device lists spell the names of Tapo devices' }),
  unknownAccount: z
    .enum(['not-found', 'wrong-password'])
    .default('not-found')
    .meta({ description: 'Whether login tells an unknown account (-20600) from a wrong password (-20601)' }),
  tokenSeconds: seconds.default(7 * 86_400),
  refreshTokenSeconds: seconds.default(30 * 86_400),
  sessions: z
    .int()
    .min(1)
    .default(20)
    .meta({ description: 'Tokens of an account at once; an older one ends with -20675' }),
  wrongPasswords: z
    .int()
    .min(1)
    .default(10)
    .meta({ description: 'Wrong passwords in a row until the account is locked' }),
  lockSeconds: seconds.default(7_200),
  appKeys: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: 'Secret keys of apps by their access key; requests signed with one of them are verified' }),
})

export type TplinkSeed = z.infer<typeof tplinkSeed>
export type AccountSeed = TplinkSeed['accounts'][number]
export type DeviceSeed = AccountSeed['devices'][number]
export type OutletSeed = z.infer<typeof outlet>
export type EmeterSeed = z.infer<typeof emeter>

export const defaultEmeter: EmeterSeed = emeter.parse({})

const defaultAccount: z.input<typeof account> = {
  email: 'skipper@example.com',
  password: 'fair winds',
  devices: [
    { alias: 'Harbour light', model: 'HS100(EU)' },
    { alias: 'Bilge pump', model: 'HS110(EU)', relayState: 1, onSeconds: 3600 },
  ],
}
