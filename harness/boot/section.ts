import { z } from 'zod'
import { declaredState } from './declared.ts'

const target = z.strictObject({
  name: z.string().min(1),
  path: z.string().min(1).meta({ description: 'Folder, tar archive or disk image with the files of a host' }),
  declared: declaredState.prefault({}).meta({ description: 'What must be there after a boot' }),
})

/** The `boot` section of the configuration. */
export const bootSection = z.strictObject({
  files: z.array(target).min(1).meta({ description: 'Hosts whose files are checked, without starting them' }),
})

export type BootSection = z.infer<typeof bootSection>
export type FilesTarget = BootSection['files'][number]
