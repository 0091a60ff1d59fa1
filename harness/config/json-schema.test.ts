import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineConfig } from './define.ts'
import { configJsonSchema } from './json-schema.ts'
import { configSchema } from './schema.ts'

const sections = { http: z.strictObject({ targets: z.array(z.string()), probes: z.boolean().default(true) }) }
const schema = configJsonSchema(sections)

type Node = { readonly description?: string; readonly properties?: Readonly<Record<string, Node>> }

function undescribed(node: Node, path: string): string[] {
  const inner = Object.entries(node.properties ?? {})
  return inner.flatMap(([key, child]) => [
    ...(child.description === undefined ? [`${path}.${key}`] : []),
    ...undescribed(child, `${path}.${key}`),
  ])
}

describe('the JSON Schema of the configuration', () => {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const validate = ajv.compile(schema)

  test.each([
    ['takes a configuration that leaves out what has a default', { http: { targets: [] } }, true],
    ['takes one with its own address in it', { $schema: './seatrial.schema.json', http: { targets: [] } }, true],
    ['refuses an unknown key', { htp: {} }, false],
    ['refuses a wrong type', { http: { targets: 'x' } }, false],
    ['refuses an unknown profile', { profiles: { weekly: {} } }, false],
  ])('%s, and so does the schema that it is made from', (_, config, valid) => {
    expect(validate(config)).toBe(valid)
    expect(configSchema(sections).safeParse(config).success).toBe(valid)
  })

  test('describes every field of the core, for the reader of an editor', () => {
    // JSON Schema is data; its own shape is what the walk looks at.
    const { stack: _stack, http: _http, ...core } = (schema as Node).properties ?? {}
    expect(Object.keys(core)).toContain('gate')
    expect(undescribed({ properties: core }, '')).toEqual([])
  })
})

test('defineConfig gives back what it was given', () => {
  const config = { stack: { web: { image: 'nginx' } }, gate: { block: 'warning' } } as const
  expect(defineConfig({ stack: { web: { image: 'nginx' } }, gate: { block: 'warning' } })).toEqual(config)
  // @ts-expect-error a misspelt level does not compile
  defineConfig({ gate: { block: 'eror' } })
})
