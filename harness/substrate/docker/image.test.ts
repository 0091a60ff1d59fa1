import { expect, test } from 'vitest'
import { basesOf } from './image.ts'

test('the images that a Dockerfile starts from are found, its own stages and arguments are not', () => {
  const dockerfile = `
# FROM commented-out
ARG VERSION=1
FROM --platform=linux/amd64 debian:bookworm-slim AS build
RUN echo FROM nowhere
from registry.test:5000/tools/node:24 as tools
FROM Build
FROM base-\${VERSION}
FROM debian:bookworm-slim
FROM scratch
COPY --from=build /a /a
`
  expect(basesOf(dockerfile)).toEqual(['debian:bookworm-slim', 'registry.test:5000/tools/node:24'])
})
