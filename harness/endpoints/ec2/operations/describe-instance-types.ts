import { ec2Error } from '../errors.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { instanceTypes } from '../instance-types/instance-type.ts'
import { instanceTypeFilters, instanceTypeView } from '../instance-types/view.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { boolean, integer, list, text } from '../parameters.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html */
export const describeInstanceTypes = operation({
  name: 'DescribeInstanceTypes',
  parameters: {
    InstanceType: list(text()),
    Filter: filterParameter,
    MaxResults: integer(),
    NextToken: text(),
    IncludeUnsupportedInRegion: boolean(),
  },
  errors: ['InvalidInstanceType', 'InvalidParameterValue'],
  looks: true,
  run({ InstanceType, Filter, MaxResults, NextToken }, { region }) {
    const known = instanceTypes()
    const unknown = InstanceType.filter((name) => !known.has(name))
    if (unknown.length > 0) throw ec2Error('InvalidInstanceType', ...unknown)
    const wanted = new Set(InstanceType)
    const chosen = [...known.values()].filter(({ id }) => wanted.size === 0 || wanted.has(id))
    const page = pageOf(applyFilters(chosen, Filter, instanceTypeFilters, region), {
      // The service gives a hundred at a time, whether asked to or not.
      size: MaxResults ?? 100,
      token: NextToken,
      limits: { min: 5, max: 100 },
    })
    return { instanceTypeSet: page.items.map(instanceTypeView), nextToken: page.nextToken }
  },
  examples: [
    {
      title: 'one',
      given: { 'InstanceType.1': 't3.micro' },
      answers: {
        'instanceTypeSet.0.instanceType': 't3.micro',
        'instanceTypeSet.0.memoryInfo.sizeInMiB': '1024',
        'instanceTypeSet.0.vCpuInfo.defaultVCpus': '2',
        'instanceTypeSet.1.instanceType': undefined,
      },
    },
    {
      title: 'by architecture and memory',
      given: {
        'Filter.1.Name': 'processor-info.supported-architecture',
        'Filter.1.Value.1': 'arm64',
        'Filter.2.Name': 'memory-info.size-in-mib',
        'Filter.2.Value.1': '512',
      },
      answers: { 'instanceTypeSet.0.instanceType': 't4g.nano', 'instanceTypeSet.1.instanceType': undefined },
    },
    { title: 'one that there is not', given: { 'InstanceType.1': 't1.huge' }, answers: 'InvalidInstanceType' },
    {
      title: 'by a filter that there is not',
      given: { 'Filter.1.Name': 'colour', 'Filter.1.Value.1': 'red' },
      answers: 'InvalidParameterValue',
    },
  ],
})
