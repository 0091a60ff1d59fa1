/**
 * Mocked endpoints in containers. Apart from index.ts, because it brings the container engine's client, which a mock
 * that runs alone has no use for.
 */
export * from './faces/container-image.ts'
export * from './faces/container.ts'
export * from './faces/link-local.ts'
