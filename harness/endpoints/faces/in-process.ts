import type { Endpoint } from '../core/index.ts'

export interface InProcessOptions {
  /** More origins to answer for, such as `/http:\/\/ec2\.invalid/`. */
  readonly also?: readonly RegExp[]
}

export function originsOf(endpoint: Endpoint, { also = [] }: InProcessOptions): RegExp[] {
  return [...endpoint.origins, ...also]
}
