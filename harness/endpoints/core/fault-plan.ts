import { z } from 'zod'

/** One rule of a fault plan. What is left out matches everything. */
const faultRule = z.strictObject({
  operation: z.string().min(1).default('*').meta({ description: 'An operation of the endpoint, or * for all' }),
  region: z.string().min(1).optional(),
  resource: z.string().min(1).optional().meta({ description: 'An id that the request names' }),
  namespace: z.string().min(1).optional(),
  fault: z.string().min(1).meta({ description: 'reset, timeout, half-body, slow, or one of the endpoint' }),
  call: z.int().min(1).optional().meta({ description: 'Only the n-th call that matches' }),
  from: z.int().min(1).optional().meta({ description: 'From the n-th call on' }),
  times: z.int().min(1).optional().meta({ description: 'At most so many times' }),
  every: z.int().min(1).optional().meta({ description: 'Every n-th call' }),
  share: z.number().min(0).max(1).optional().meta({ description: 'Of the calls, drawn by the seed' }),
  delayMs: z.int().min(0).max(3_600_000).optional(),
  bytes: z.int().min(0).optional(),
  executed: z
    .boolean()
    .default(true)
    .meta({ description: 'Of a fault on the wire: whether the request was carried out before its answer was lost' }),
})
/** What `--faults` holds. Loaded only when there is a plan: reading schemas is half of a start. */
export const faultPlan = z.array(faultRule)
export type FaultPlan = z.infer<typeof faultPlan>
