import { z } from 'zod'
import { tlsModes } from './tls.ts'

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
        port: z.int().min(1).max(65_535).optional().meta({ description: '3306; 5432 where engine is postgres' }),
      }),
    )
    .min(1)
    .meta({ description: 'Every node of it, the primary too; they are asked and never changed' }),
  login: z.strictObject({
    user: z.string().min(1).meta({
      description:
        'Enough are BINLOG MONITOR, REPLICA MONITOR and SELECT on mysql.user; pg_monitor and pg_hba_file_rules of PostgreSQL',
    }),
    passwordFrom: variable.default(passwordVariable).meta({ description: 'Environment variable with the password' }),
  }),
  engine: z
    .enum(['mariadb', 'postgres'])
    .optional()
    .meta({ description: 'What it is; the servers tell it themselves' }),
  database: z.string().min(1).default('postgres').meta({ description: 'Of PostgreSQL: where to log in' }),
  tls: z.enum(tlsModes).default('prefer').meta({
    description:
      'off; prefer: where it is offered, the certificate checked only with ca; require: with a certificate that is trusted',
  }),
  ca: z.string().min(1).optional().meta({ description: 'File of certificates (PEM) of the authorities to trust' }),
  maxLagSeconds: z.int().min(0).default(10).meta({ description: 'Seconds that a replica may be behind' }),
})
