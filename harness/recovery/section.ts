import { z } from 'zod'

const entry = z.strictObject({
  drill: z.string().min(1).meta({ description: 'Its name; `seatrial drill list` lists them' }),
  procedure: z
    .string()
    .min(1)
    .meta({ description: 'How things are saved and brought back: duplicity-checked, restic' }),
  script: z.string().min(1).optional().meta({
    description: 'File of a script of your own, called with the same verbs; the procedure then only names the kind',
  }),
  objectives: z
    .strictObject({ rtoMs: z.int().min(1).optional().meta({ description: 'Recovery time objective, milliseconds' }) })
    .prefault({})
    .meta({ description: 'A drill that misses one fails' }),
})

/** The `recovery` section of the configuration. */
export const recoverySection = z.strictObject({
  drills: z.array(entry).min(1).meta({ description: 'Recovery drills, one after the other' }),
})

export type RecoverySection = z.infer<typeof recoverySection>
export type DrillEntry = RecoverySection['drills'][number]
