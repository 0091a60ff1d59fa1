import { http } from './http/slice.ts'
import type { Slice } from './slice.ts'

/** The practices, in the order in which a run goes through them. This is the only list of them. */
export const slices: readonly Slice[] = [http]
