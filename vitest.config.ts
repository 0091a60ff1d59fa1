import { defineConfig } from 'vitest/config'

/**
 * Projects: `unit` lies beside its source and needs nothing but loopback; `docker` needs an
 * engine; `browser` needs Chromium; each folder of `suites/` is a practice. Group orders start
 * at 1: a project with order 0 and one worker would run last.
 */
const unit = ['harness/**/*.test.ts', 'ci/**/*.test.ts', 'fixtures/**/*.test.ts']
const docker = ['{harness,ci,fixtures}/**/*.docker.test.ts']
const browser = ['harness/**/*.browser.test.ts']

export default defineConfig({
  test: {
    // No isolation: the tests share nothing but the process, and starting one costs 0.15 s a file.
    isolate: false,
    // A test that asserts nothing is not green.
    expect: { requireAssertions: true },
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: unit,
          exclude: [...docker, ...browser, '**/node_modules/**'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'docker',
          include: docker,
          testTimeout: 60_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: browser,
          testTimeout: 30_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'http',
          include: ['suites/http/**/*.test.ts'],
          // One worker, so that all files look at one started deployment.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'prove',
          include: ['suites/prove/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
})
