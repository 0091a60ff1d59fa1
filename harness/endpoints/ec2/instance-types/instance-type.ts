import { families } from './families.ts'

export interface InstanceType {
  /** Its name, such as `t3.micro`. */
  readonly id: string
  readonly architectures: readonly string[]
  readonly manufacturer: string
  readonly ghz: number | undefined
  readonly threadsPerCore: number
  readonly can: ReadonlySet<string>
  readonly vcpus: number
  readonly memoryMiB: number
  readonly interfaces: number
  readonly addressesPerInterface: number
  readonly network: string
  readonly disks: { readonly count: number; readonly sizeGB: number; readonly type: string } | undefined
  readonly gpus:
    | { readonly count: number; readonly maker: string; readonly name: string; readonly memoryMiB: number }
    | undefined
}

/** The types that are known here, by name. Others can be launched as well; they are only not described. */
export function instanceTypes(): ReadonlyMap<string, InstanceType> {
  return (all ??= new Map(
    Object.entries(families).flatMap(([family, [head, ...lines]]) =>
      lines
        .flatMap((line) => line.split(' '))
        .map((size) => typeOf(family, head, size))
        .map((type) => [type.id, type] as const),
    ),
  ))
}

let all: ReadonlyMap<string, InstanceType> | undefined

function typeOf(family: string, head: string, text: string): InstanceType {
  const [architectures = '', manufacturer = '', ghz = '0', threads = '1', can = '', gpu = ''] = head.split(' ')
  const [size = '', facts = ''] = text.split('=')
  const [vcpus, memory, interfaces, addresses, network = '', ...more] = facts.split('/')
  const [, diskCount, diskSize, diskType] =
    /^(\d+)x(\d+)([a-z]+)$/.exec(more.find((each) => each.includes('x')) ?? '') ?? []
  const gpuCount = Number.parseInt(more.find((each) => each.endsWith('gpu')) ?? '0', 10)
  const [maker = '', name = '', gpuMemory] = gpu.split('/')
  return {
    id: `${family}.${size}`,
    architectures: architectures.split('+'),
    manufacturer,
    ghz: ghz === '0' ? undefined : Number(ghz),
    threadsPerCore: Number(threads),
    can: new Set(can.split(',')),
    vcpus: Number(vcpus),
    memoryMiB: Number(memory),
    interfaces: Number(interfaces),
    addressesPerInterface: Number(addresses),
    network: networks[network] ?? `${network.replace('<', 'Up to ')} Gigabit`,
    disks: diskType === undefined ? undefined : { count: Number(diskCount), sizeGB: Number(diskSize), type: diskType },
    gpus:
      gpuCount === 0
        ? undefined
        : { count: gpuCount, maker, name: name.replaceAll('_', ' '), memoryMiB: Number(gpuMemory) },
  }
}

const networks: Readonly<Record<string, string>> = {
  v: 'Very Low',
  l: 'Low',
  lm: 'Low to Moderate',
  m: 'Moderate',
  h: 'High',
}
