import { describe, expect, test } from 'vitest'
import { createEndpoint, loadKind } from '../../endpoints/index.ts'
import { chooseFaults } from '../faults.ts'
import { provisioningSection } from '../section.ts'
import { openWorkshop } from '../workshop.ts'
import { kinds } from './index.ts'

const jobOf = (endpoint: string, more: object = {}) => {
  const job = { name: 'job', command: ['true'], endpoint, promises: [{ says: 'it works', holds: 'x' }], ...more }
  const [first] = provisioningSection.parse({ jobs: [job] }).jobs
  if (first === undefined) throw new TypeError('there is one job')
  return first
}

describe.each(Object.keys(kinds))('%s', (id) => {
  test('has at least ten standard faults, and a job that calls everything can meet each of them', async () => {
    const { operations } = await (await loadKind(id)).vocabulary()
    const calls = Object.fromEntries(operations.map((operation) => [operation, 1]))
    const faults = chooseFaults(jobOf(id), { calls })
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
    expect(faults.length).toBeGreaterThanOrEqual(10)
    for (const { name, rules, seed, beside } of faults) {
      expect(beside, name).toBeUndefined()
      // Refused where it names what the endpoint does not have.
      await createEndpoint(id, { faults: rules, seed })
    }
  })
})

test('of a job that makes no snapshot the faults of snapshots are left out, with the reason', () => {
  const faults = chooseFaults(jobOf('ec2'), { calls: { RunInstances: 1 } })
  const beside = faults.filter((fault) => fault.beside !== undefined).map(({ name }) => name)
  expect(beside).toContain('snapshot-error')
  expect(beside).not.toContain('no-capacity')
})

test('a second look at EC2 is signed with the first account of the seed, and strict signatures take it', async () => {
  const account = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other/secret', sessionToken: 'session' }
  const asked = { target: '/', body: { Action: 'DescribeAvailabilityZones' } }
  const job = jobOf('ec2', { region: 'eu-west-1', seed: { accounts: [account] } })
  const zones = await (await openWorkshop(job, undefined, 1)).ask(asked)
  expect(zones.status).toBe(200)
  expect(zones.text).toContain('eu-west-1a')
  const elsewhere = await (await openWorkshop(job, undefined, 1)).ask({ ...asked, region: 'us-west-2' })
  expect(elsewhere.text).toContain('us-west-2a')
})
