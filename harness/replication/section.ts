import { z } from 'zod'

const entry = z.strictObject({
  drill: z.string().min(1).meta({ description: 'Its name; `seatrial drill list` lists them' }),
  procedure: z.string().min(1).meta({ description: 'How the cluster is run and promoted: documents, semi-sync' }),
  objectives: z
    .strictObject({ rtoMs: z.int().min(1).optional().meta({ description: 'Recovery time objective, milliseconds' }) })
    .prefault({})
    .meta({ description: 'A drill that misses one fails' }),
})

/** The `replication` section of the configuration. */
export const replicationSection = z.strictObject({
  drills: z.array(entry).min(1).meta({ description: 'Promotion drills, one after the other' }),
  clients: z.int().min(1).max(64).default(4).meta({ description: 'Clients that write while it happens' }),
})

export type ReplicationSection = z.infer<typeof replicationSection>
export type DrillEntry = ReplicationSection['drills'][number]
