/**
 * Mocked clouds: EC2, instance metadata, TP-Link. One state machine a kind, behind several faces.
 *
 *     createEndpoint('ec2', { seed, clock, faults })  -->  Endpoint  -->  serveEndpoint, mswHandlers, nockScopes
 */
export * from './core/index.ts'
export * from './core/create.ts'
export * from './faces/index.ts'
