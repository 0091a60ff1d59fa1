import { z } from 'zod'

const file = z.string().min(1)
const variable = z.string().regex(/^[A-Za-z_]\w*$/, { error: 'the name of an environment variable' })
const pools = z
  .union([z.array(z.string().min(1)).min(1), z.record(z.string().min(1), z.string().min(1))])
  .optional()
  .meta({ description: 'Pools to compare; as pairs where the inventory names them otherwise: { app: "app_servers" }' })
const socket = z.string().regex(/^(?:\/.+|[\w.-]+:\d{1,5}|\[[\da-fA-F:.]+\]:\d{1,5})$/, {
  error: 'host:port or the path of a socket',
})

const page = z.strictObject({
  kind: z.literal('haproxy'),
  url: z
    .url({ protocol: /^https?$/ })
    .regex(/^[^@]*$/, { error: 'a URL without a password: name the variables that hold it' })
    .meta({ description: 'Page of its statistics, shown with legends (stats show-legends)' }),
  userFrom: variable.optional().meta({ description: 'Environment variable with the user of the page' }),
  passwordFrom: variable.optional().meta({ description: 'Environment variable with the password of the page' }),
  pools,
})
const administration = z.strictObject({
  kind: z.literal('haproxy'),
  socket: socket.meta({ description: 'Socket of its administration: host:port, or a path' }),
  pools,
})

/** An entry of `loadbalancing.inventory`: the file that everything is generated from, and what is generated. */
export const inventoryEntry = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'lower-case letters, digits and dashes' }),
  file: file.meta({ description: 'Inventory: hosts in YAML or JSON, or an inventory of Ansible in YAML or INI' }),
  balancers: z
    .array(z.strictObject({ kind: z.enum(['haproxy', 'nginx', 'apache']), config: file, pools }))
    .default([])
    .meta({ description: 'Configurations of balancers that are generated from it' }),
  zones: z
    .array(
      z.strictObject({
        zone: z.string().min(1).meta({ description: 'example.org, or 0.0.10.in-addr.arpa' }),
        file,
        others: z.array(z.string().min(1)).default([]).meta({ description: 'Names that the inventory need not know' }),
      }),
    )
    .default([])
    .meta({ description: 'Zone files that are generated from it' }),
  namedConf: file.optional().meta({ description: 'named.conf, which names the zones and their files' }),
  running: z
    .strictObject({
      balancers: z.array(z.union([page, administration])).default([]),
      nameServer: z
        .string()
        .regex(/^(?:[\d.]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?$/, { error: 'an IP address, with a port if it is not 53' })
        .optional()
        .meta({ description: 'Name server that is asked for every name' }),
    })
    .optional()
    .meta({ description: 'What runs now; beyond loopback it must stand in network.allow' }),
})

export type InventoryEntry = z.infer<typeof inventoryEntry>
export type RunningBalancer = NonNullable<InventoryEntry['running']>['balancers'][number]
