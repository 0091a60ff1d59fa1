import { z } from 'zod'
import type { SectionSchemas } from './schema.ts'
import { configSchema } from './schema.ts'

/** The JSON Schema (draft 2020-12) of what people write: fields with defaults may be left out. */
export function configJsonSchema(sections: SectionSchemas): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema(sections), {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  })
  return { ...schema, title: 'seatrial.config' }
}
