/** Names of what can be asked for, by the beginning of the path below a version. */
const areas: readonly (readonly [RegExp, string])[] = [
  [/^api\/token\/?$/, 'token'],
  [/^meta-data\/(iam|identity-credentials)(\/|$)/, 'credentials'],
  [/^meta-data\/(spot|events|autoscaling)(\/|$)/, 'events'],
  [/^meta-data\/network(\/|$)/, 'network'],
  [/^meta-data\/placement(\/|$)/, 'placement'],
  [/^meta-data\/tags(\/|$)/, 'tags'],
  [/^meta-data(\/|$)/, 'meta-data'],
  [/^dynamic(\/|$)/, 'dynamic'],
  [/^user-data\/?$/, 'user-data'],
]

export const awsOperations = [...areas.map(([, name]) => name), 'versions'] as const

/** A request's path, taken apart. */
export interface AwsPath {
  /** `latest`, a date, or anything else that stands there. */
  readonly version: string
  /** Below the version, without slashes at its ends. */
  readonly path: string
  readonly slash: boolean
  readonly operation: string
}

/** Undefined for a path that is no valid percent-encoding. */
export function readPath(raw: string): AwsPath | undefined {
  let decoded
  try {
    decoded = decodeURIComponent(raw)
  } catch {
    return undefined
  }
  const parts = decoded.split('/').filter((part) => part !== '')
  const [version = '', ...rest] = parts
  const path = rest.join('/')
  const operation = areas.find(([pattern]) => pattern.test(path))?.[1] ?? 'versions'
  return { version, path, slash: decoded.endsWith('/'), operation }
}
