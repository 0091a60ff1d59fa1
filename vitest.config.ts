import { defineConfig } from 'vitest/config'
import type { TestSpecification } from 'vitest/node'
import { BaseSequencer } from 'vitest/node'

/**
 * Projects: `unit` lies beside its source and needs nothing but loopback; `docker` needs an
 * engine; `browser` needs Chromium; each folder of `suites/` is a practice, `prove` its mutants.
 * What waits for containers is one group, so that the waits lie beside each other.
 * `caches` and files with `.release.` in their names take minutes and belong to the release and nightly profiles.
 */
const unit = ['harness/**/*.test.ts', 'ci/**/*.test.ts', 'fixtures/**/*.test.ts']
const docker = ['{harness,ci,fixtures}/**/*.docker.test.ts']
const browser = ['harness/**/*.browser.test.ts']

// A group order of 0 would run last with one worker; the same order and workers make one group.
const first = { groupOrder: 1 }
/** Caches in front of a scripted origin, in place of the reference deployment. */
const cachesUnderTest = { configFile: 'fixtures/caches/seatrial.config.ts' }

/** A web server and the next version of it, in place of the reference deployment. */
const twoVersions = { configFile: 'fixtures/dark-launch/seatrial.config.ts' }

/** Balancers are started by their practice itself. */
const balancersUnderTest = { configFile: 'fixtures/loadbalancing/seatrial.config.ts' }

/** Drills start clusters of their own: no deployment stands beside them. */
const emptyMachineRoom = { configFile: 'fixtures/replication/seatrial.config.ts' }

const slow = ['release', 'nightly'].includes(process.env['SEATRIAL_PROFILE'] ?? 'commit')
const later = ['**/node_modules/**', ...(slow ? [] : ['**/*.release.test.ts', '**/*.release.docker.test.ts'])]

/**
 * They wait for containers more than they reckon; the first test that needs a deployment starts it, and on a new machine
 * the first that needs an image builds it.
 */
const patient = {
  testTimeout: 240_000,
  hookTimeout: 180_000,
  sequence: { groupOrder: 2 },
  maxWorkers: 4,
  exclude: later,
}

/** In the release, boot is machines that are emulated, side by side as the processors allow: half as many files, and alone. */
const emulating = slow ? { sequence: { groupOrder: 3 }, maxWorkers: 2 } : {}

/** What measures the times of others has nothing beside it; it starts as much at once as a machine bears by itself. */
const alone = { sequence: { groupOrder: 4 }, maxWorkers: 1 }

/** Long files first, so that the others go beside them and not after them: mutants, then drills. */
const longest = ['prove', 'replication']
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const late = ({ project }: TestSpecification): number => {
      const place = longest.indexOf(project.name)
      return place === -1 ? longest.length : place
    }
    // oxlint-disable-next-line unicorn/no-array-sort -- the method of the sequencer, not of an array
    const byName = await super.sort(files)
    return byName.toSorted((a, b) => late(a) - late(b))
  }
}

export default defineConfig({
  test: {
    // No isolation: the tests share nothing but the process, and starting one costs 0.15 s a file.
    // A deployment is shared by the files of a worker.
    isolate: false,
    // A test that asserts nothing is not green.
    expect: { requireAssertions: true },
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: unit,
          exclude: [...docker, ...browser, '**/node_modules/**'],
          testTimeout: 20_000,
          sequence: first,
        },
      },
      { test: { name: 'prove', include: ['suites/prove/**/*.test.ts'], ...patient } },
      { test: { name: 'docker', include: docker, ...patient } },
      { test: { name: 'browser', include: browser, ...patient, testTimeout: 30_000 } },
      { test: { name: 'http', include: ['suites/http/**/*.test.ts'], ...patient } },
      {
        test: {
          name: 'boot',
          include: ['suites/boot/**/*.test.ts'],
          provide: emptyMachineRoom,
          ...patient,
          ...emulating,
        },
      },
      {
        test: {
          name: 'load-balancing',
          include: ['suites/load-balancing/**/*.test.ts'],
          provide: balancersUnderTest,
          ...patient,
          ...alone,
        },
      },
      {
        test: {
          name: 'recovery',
          include: ['suites/recovery/**/*.test.ts'],
          provide: emptyMachineRoom,
          ...patient,
        },
      },
      {
        test: {
          name: 'replication',
          include: ['suites/replication/**/*.test.ts'],
          provide: emptyMachineRoom,
          ...patient,
        },
      },
      { test: { name: 'dark-launch', include: ['suites/dark-launch/**/*.test.ts'], provide: twoVersions, ...patient } },
      { test: { name: 'endpoints', include: ['suites/endpoints/**/*.test.ts'], ...patient } },
      ...(slow
        ? [
            {
              test: {
                name: 'caches',
                include: ['suites/caches/**/*.test.ts'],
                provide: cachesUnderTest,
                ...patient,
              },
            },
          ]
        : []),
    ],
  },
})
