import type { Delivery, FaultVocabulary } from '../core/index.ts'
import { bare, page } from './aws/pages.ts'
import { awsOperations } from './aws/operations.ts'
import { azureOperations } from './azure/answer.ts'
import { refuse, refuseToken } from './azure/replies.ts'

/** Faults that take the place of an answer: the status of AWS, and of Azure. */
const refusals = {
  throttled: { aws: 503, azure: 429, says: 'Too many requests' },
  unavailable: { aws: 503, azure: 410, says: 'Service is unavailable; retry' },
  'internal-error': { aws: 500, azure: 500, says: 'Internal server error' },
  unauthorized: { aws: 401, azure: 401, says: 'Unauthorized' },
  forbidden: { aws: 403, azure: 403, says: 'Forbidden' },
  'not-found': { aws: 404, azure: 404, says: 'Not found' },
} as const

/** Faults in what is told with 200: credentials that no client should use, or not for long. */
const inContent = ['expired-credentials', 'stale-credentials', 'role-not-assumable'] as const

export const vocabulary: FaultVocabulary = {
  operations: [...awsOperations, ...Object.values(azureOperations)],
  faults: [...Object.keys(refusals), ...inContent],
}

/** The answer that a fault makes; undefined when it is one in the content. */
export function refusalOf(fault: string, operation: string): Delivery | undefined {
  // The plan was held to the vocabulary.
  if (!(fault in refusals)) return undefined
  const { aws, azure, says } = refusals[fault as keyof typeof refusals]
  if (operation === 'azure-identity') return refuseToken(azure, fault.replaceAll('-', '_'), says).delivery
  if (operation.startsWith('azure-')) return refuse(azure, says).delivery
  return aws === 403 ? bare(403) : page(aws)
}
