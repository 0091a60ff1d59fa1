/**
 * Versions that the service lists, and what came with which.
 * Source: Amazon EC2 User Guide, "Instance metadata categories", column "Version when category was released".
 */
export const versions = [
  '1.0',
  '2007-01-19',
  '2007-03-01',
  '2007-08-29',
  '2007-10-10',
  '2007-12-15',
  '2008-02-01',
  '2008-09-01',
  '2009-04-04',
  '2011-01-01',
  '2011-05-01',
  '2012-01-12',
  '2014-02-25',
  '2014-11-05',
  '2015-10-20',
  '2016-04-19',
  '2016-06-30',
  '2016-09-02',
  '2018-03-28',
  '2018-08-17',
  '2018-09-24',
  '2019-10-01',
  '2020-10-27',
  '2021-01-03',
  '2021-03-23',
  '2021-07-15',
  '2022-07-09',
  '2022-09-24',
  '2024-04-11',
] as const

/** Patterns of paths below a version; what is in none of them is as old as the service, or undated. */
const releases: readonly (readonly [RegExp, string])[] = [
  [/^meta-data\/autoscaling\//, '2021-07-15'],
  [/^meta-data\/block-device-mapping\//, '2007-12-15'],
  [/^meta-data\/events\/maintenance\//, '2018-08-17'],
  [/^meta-data\/events\/recommendations\//, '2020-10-27'],
  [/^meta-data\/iam\//, '2012-01-12'],
  [/^meta-data\/identity-credentials\//, '2018-05-23'],
  [/^meta-data\/instance-action$/, '2008-09-01'],
  [/^meta-data\/instance-life-cycle$/, '2019-10-01'],
  [/^meta-data\/instance-type$/, '2007-08-29'],
  [/^meta-data\/ipv6$/, '2021-01-03'],
  [/^meta-data\/(local|public)-hostname$|^meta-data\/public-ipv4$/, '2007-01-19'],
  [/^meta-data\/mac$/, '2011-01-01'],
  [/^meta-data\/metrics\//, '2011-05-01'],
  [/^meta-data\/network\/.*\/(network-card|network-card-index)$/, '2020-11-01'],
  [/^meta-data\/network\/.*\/(ipv6s|subnet-ipv6-cidr-blocks|vpc-ipv[46]-cidr-blocks)$/, '2016-06-30'],
  [/^meta-data\/network\//, '2011-01-01'],
  [/^meta-data\/placement\/availability-zone$/, '2008-02-01'],
  [/^meta-data\/placement\/availability-zone-id$/, '2019-10-01'],
  [/^meta-data\/placement\//, '2020-08-24'],
  [/^meta-data\/product-codes$/, '2007-03-01'],
  [/^meta-data\/services\/domain$/, '2014-02-25'],
  [/^meta-data\/services\/partition$/, '2015-10-20'],
  [/^meta-data\/spot\/instance-action$/, '2016-11-15'],
  [/^meta-data\/spot\/termination-time$/, '2014-11-05'],
  [/^meta-data\/tags\//, '2021-03-23'],
  [/^dynamic\//, '2009-04-04'],
]

/** Whether a version of the service has a path, such as `meta-data/mac`. */
export function isIn(version: string, path: string): boolean {
  if (version === 'latest') return true
  const release = releases.find(([pattern]) => pattern.test(path))?.[1]
  // Dates sort as text, and 1.0 before all of them.
  return release === undefined || release <= version
}

export function isVersion(name: string): boolean {
  return name === 'latest' || versions.some((each) => each === name)
}
