import { ec2Error } from '../errors.ts'

interface Wanted {
  readonly sizeGiB: number
  readonly iops: number | undefined
  readonly throughput: number | undefined
}

interface VolumeType {
  /** @throws Ec2Error InvalidParameterValue, MissingParameter, InvalidParameterCombination */
  readonly check: (wanted: Wanted) => void
  /** What a volume of the size has when nothing is asked for. */
  readonly iopsOf: (sizeGiB: number) => number | undefined
  /** MiB/s */
  readonly throughput: number | undefined
}

type Range = readonly [least: number, most: number]

function volumeType(
  size: Range,
  rules: {
    readonly iops?: Range
    readonly wantsIops?: boolean
    readonly throughput?: Range
    readonly given?: number
  } = {},
  iopsOf: VolumeType['iopsOf'] = () => undefined,
): VolumeType {
  return {
    check({ sizeGiB, iops, throughput }) {
      within('Volume of', sizeGiB, 'GiB', size)
      if (rules.wantsIops === true && iops === undefined) throw ec2Error('MissingParameter', 'Iops')
      if (iops !== undefined) {
        if (rules.iops === undefined)
          throw ec2Error('InvalidParameterCombination', 'The parameter iops is not supported for this volume type.')
        within('Volume iops of', iops, '', rules.iops)
      }
      if (throughput !== undefined) {
        if (rules.throughput === undefined) {
          throw ec2Error(
            'InvalidParameterCombination',
            'The parameter throughput is not supported for this volume type.',
          )
        }
        within('Volume throughput of', throughput, 'MiB/s', rules.throughput)
      }
    },
    iopsOf,
    throughput: rules.given,
  }
}

function within(what: string, value: number, unit: string, [least, most]: Range): void {
  const shown = `${what} ${value}${unit}`
  if (value < least) throw ec2Error('InvalidParameterValue', `${shown} is too small; minimum is ${least}${unit}.`)
  if (value > most) throw ec2Error('InvalidParameterValue', `${shown} is too large; maximum is ${most}${unit}.`)
}

/** What each type of volume allows (EBS User Guide, "Amazon EBS volume types"). */
export const volumeTypes: Readonly<Record<string, VolumeType>> = {
  standard: volumeType([1, 1_024]),
  gp2: volumeType([1, 16_384], {}, (sizeGiB) => Math.min(16_000, Math.max(100, sizeGiB * 3))),
  gp3: volumeType([1, 65_536], { iops: [3_000, 80_000], throughput: [125, 2_000], given: 125 }, () => 3_000),
  io1: volumeType([4, 16_384], { iops: [100, 64_000], wantsIops: true }),
  io2: volumeType([4, 65_536], { iops: [100, 256_000], wantsIops: true }),
  st1: volumeType([125, 16_384]),
  sc1: volumeType([125, 16_384]),
}
