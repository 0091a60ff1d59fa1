import type { z } from 'zod'
import type { bootSection } from './boot/section.ts'
import { boot } from './boot/slice.ts'
import type { cachesSection } from './caches/section.ts'
import { caches } from './caches/slice.ts'
import type { httpSection } from './http/section.ts'
import { http } from './http/slice.ts'
import type { loadbalancingSection } from './loadbalancing/section.ts'
import { loadbalancing } from './loadbalancing/slice.ts'
import type { mirrorSection } from './mirror/section.ts'
import { mirror } from './mirror/slice.ts'
import type { provisioningSection } from './provisioning/section.ts'
import { provisioning } from './provisioning/slice.ts'
import type { recoverySection } from './recovery/section.ts'
import { recovery } from './recovery/slice.ts'
import type { replicationSection } from './replication/section.ts'
import { replication } from './replication/slice.ts'
import type { Slice } from './slice.ts'

/** The practices, in the order in which a run goes through them. This is the only list of them. */
export const slices: readonly Slice[] = [http, caches, loadbalancing, provisioning, replication, recovery, boot, mirror]

declare module './config/define.ts' {
  /** The sections as people write them. */
  interface ConfigSections {
    http: z.input<typeof httpSection>
    caches: z.input<typeof cachesSection>
    loadbalancing: z.input<typeof loadbalancingSection>
    provisioning: z.input<typeof provisioningSection>
    replication: z.input<typeof replicationSection>
    recovery: z.input<typeof recoverySection>
    boot: z.input<typeof bootSection>
    darkLaunch: z.input<typeof mirrorSection>
  }
}
