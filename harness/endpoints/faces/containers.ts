/**
 * Endpoints in containers, and metadata inside the network of a container.
 *
 *     openRun --> run      startEndpointContainer('ec2', options, run) --> url, innerUrl, reset, coverage
 *                          serveMetadataTo(application, options, run)  --> the same, at 169.254.169.254
 *
 * Whatever is started belongs to the run, and goes with it. @example
 *
 *     await using run = await openRun()
 *     const app = await startContainer({ name: 'app', image: 'my-application' }, run)
 *     await serveMetadataTo(app, { seed: { aws: { instance: { region: 'eu-west-1' } } } }, run)
 */
export { startEndpointContainer } from './container.ts'
export type { EndpointContainer, EndpointContainerOptions } from './container.ts'
export { serveMetadataTo } from './link-local.ts'
export type { MetadataOptions } from './link-local.ts'
export { buildImage, openRun, startContainer, startNetwork } from '../../substrate/index.ts'
export type { ContainerSpec, RunScope, StartedContainer, StartedNetwork } from '../../substrate/index.ts'
