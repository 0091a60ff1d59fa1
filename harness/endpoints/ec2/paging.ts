import { ec2Error } from './errors.ts'

export interface PageLimits {
  readonly min: number
  readonly max: number
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextToken: string | undefined
}

/**
 * One page of a list, and the token of the next one. A token names its place in the list as it then was.
 *
 * @throws Ec2Error InvalidParameterValue for a size outside the limits, InvalidNextToken for a token that is none of ours
 */
export function pageOf<T>(
  items: readonly T[],
  { size, token, limits }: { size: number | undefined; token: string | undefined; limits: PageLimits },
): Page<T> {
  if (size !== undefined && (size < limits.min || size > limits.max)) {
    const wanted = size < limits.min ? `greater than or equal to ${limits.min}` : `less than or equal to ${limits.max}`
    throw ec2Error(
      'InvalidParameterValue',
      `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value ${wanted}.`,
    )
  }
  const start = token === undefined ? 0 : placeOf(token)
  const end = size === undefined ? items.length : start + size
  return { items: items.slice(start, end), nextToken: end < items.length ? tokenOf(end) : undefined }
}

/** Instances are asked for by their ids, or page by page. @throws Ec2Error InvalidParameterCombination for both */
export function refuseIdsWithPages(ids: readonly string[], size: number | undefined): void {
  if (ids.length === 0 || size === undefined) return
  throw ec2Error(
    'InvalidParameterCombination',
    'The parameter instancesSet cannot be used with the parameter maxResults',
  )
}

function tokenOf(place: number): string {
  return Buffer.from(`from:${place}`).toString('base64url')
}

function placeOf(token: string): number {
  const [, place] = /^from:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? []
  if (place === undefined) throw ec2Error('InvalidNextToken', token)
  return Number(place)
}
