import { z } from 'zod'

const variable = z.string().regex(/^[A-Za-z_]\w*$/, { error: 'the name of an environment variable' })

/** Where the password stands unless said. */
export const passwordVariable = 'SEATRIAL_DB_PASSWORD'

/** One cluster that runs already: `replication.preflight[]`. */
export const preflightEntry = z.strictObject({
  name: z.string().min(1).meta({ description: 'What reports call the cluster' }),
  nodes: z
    .array(
      z.strictObject({
        host: z
          .string()
          .regex(/^[\w.:-]+$/, { error: 'a host name or an address, without scheme and port' })
          .meta({ description: 'Name or address; beyond loopback it must stand in network.allow' }),
        port: z.int().min(1).max(65_535).default(3306),
      }),
    )
    .min(1)
    .meta({ description: 'Every node of it, the primary too; they are asked and never changed' }),
  login: z.strictObject({
    user: z
      .string()
      .min(1)
      .meta({ description: 'BINLOG MONITOR, REPLICA MONITOR and SELECT on mysql.user are enough' }),
    passwordFrom: variable.default(passwordVariable).meta({ description: 'Environment variable with the password' }),
  }),
  maxLagSeconds: z.int().min(0).default(10).meta({ description: 'Seconds that a replica may be behind' }),
})
