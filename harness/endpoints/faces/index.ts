/**
 * Ways to reach a mocked endpoint: each gives the same bytes, because each only carries.
 *
 *     client --http--> server.ts, container.ts         fetch, node:http --> msw.ts, nock.ts
 *
 * msw and nock are not named here: importing nock patches the process, and the two cannot live in one.
 */
export * from './server.ts'
