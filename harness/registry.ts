import type { z } from 'zod'
import type { cachesSection } from './caches/section.ts'
import { caches } from './caches/slice.ts'
import type { httpSection } from './http/section.ts'
import { http } from './http/slice.ts'
import type { Slice } from './slice.ts'

/** The practices, in the order in which a run goes through them. This is the only list of them. */
export const slices: readonly Slice[] = [http, caches]

declare module './config/define.ts' {
  /** The sections as people write them. */
  interface ConfigSections {
    http: z.input<typeof httpSection>
    caches: z.input<typeof cachesSection>
  }
}
