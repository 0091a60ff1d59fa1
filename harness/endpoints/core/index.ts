/**
 * What every mocked endpoint is made of, whatever cloud it stands for.
 *
 *     face --MockRequest--> control channel?  no -->  machine of the kind --Delivery--> face
 *                                                      |  clock: how far things have come
 *                                                      |  faults: which request meets which
 *                                                      |  coverage: what was exercised
 *
 * A machine is synchronous state behind `answer`; it never sees a socket, so that the same requests
 * get the same bytes through a server, a container, msw and nock.
 */
export * from './clock.ts'
export * from './coverage.ts'
export type * from './endpoint.ts'
export { endpointKind } from './endpoint.ts'
export * from './faults.ts'
export * from './ids.ts'
export * from './message.ts'
export type * from './instance-facts.ts'
