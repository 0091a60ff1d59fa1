import { UsageError } from '../kernel/index.ts'

export interface Asking {
  readonly primary: URL
  readonly candidate: URL
  readonly secondary?: URL
  readonly cohort: { readonly allow: readonly string[] }
}

/**
 * Refuses to send what changes something to one server twice: the primary may stand for its own second one, as long as copies only
 * read.
 *
 * @throws UsageError
 */
export function demandOnce({ primary, candidate, secondary, cohort }: Asking): void {
  const [route] = cohort.allow
  if (route === undefined) return
  const twice = [candidate, secondary].find((each) => each?.host === primary.host)
  if (twice === undefined) return
  throw new UsageError({
    path: 'allow',
    given: `${route}, which would go to ${twice.host} twice`,
    wanted: 'no route that writes, or servers that are not the primary itself',
    mend: 'Start the primary once more, with data of its own, and name that one.',
  })
}
