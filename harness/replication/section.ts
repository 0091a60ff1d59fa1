import { z } from 'zod'
import { preflightEntry } from './health/section.ts'

const entry = z.strictObject({
  drill: z.string().min(1).meta({ description: 'Its name; `seatrial drill list` lists them' }),
  procedure: z.string().min(1).meta({ description: 'How the cluster is run and promoted: documents, semi-sync' }),
  building: z.string().min(1).optional().meta({
    description:
      'How each replica is built from the running primary, clients writing; one data folder for all when left out',
  }),
  runbook: z.string().min(1).optional().meta({
    description: 'File of a promotion of your own, SQL or a script; the procedure then only runs the cluster',
  }),
  objectives: z
    .strictObject({
      rtoMs: z.int().min(1).optional().meta({ description: 'Recovery time objective, milliseconds' }),
      readOutageMs: z
        .int()
        .min(1)
        .optional()
        .meta({ description: 'Longest time that a client may be without an answered read, milliseconds' }),
    })
    .prefault({})
    .meta({ description: 'A drill that misses one fails' }),
})

/** The `replication` section of the configuration. */
export const replicationSection = z
  .strictObject({
    drills: z.array(entry).default([]).meta({ description: 'Promotion drills, one after the other' }),
    preflight: z
      .array(preflightEntry)
      .default([])
      .meta({ description: 'Live clusters: would a promotion be possible now, and what would it lose? Read-only' }),
    images: z
      .strictObject({
        mariadb: z.string().min(1).optional().meta({ description: 'An official image of MariaDB or MySQL: mysql:8.4' }),
        postgres: z.string().min(1).optional().meta({ description: 'An official image of PostgreSQL: postgres:15' }),
      })
      .prefault({})
      .meta({ description: 'Images of servers in the place of our own, by engine; one that is not here is pulled' }),
    clients: z.int().min(1).max(64).default(4).meta({ description: 'Clients that write while it happens' }),
  })
  .refine(({ drills, preflight }) => drills.length + preflight.length > 0, { error: 'at least one drill or preflight' })

export type ReplicationSection = z.infer<typeof replicationSection>
export type DrillEntry = ReplicationSection['drills'][number]
