import { nearest, UsageError } from '../kernel/index.ts'
import { inputProblems, place, valueAt } from '../input/index.ts'
import { overlay } from './overlay.ts'
import type { ProfileName } from './profiles.ts'
import type { Config, SectionSchemas } from './schema.ts'

/** The practices of a profile, each with its section as the profile has it. */
export function chooseSections(
  config: Config,
  raw: object,
  profile: ProfileName,
  schemas: SectionSchemas,
  name: string,
): { readonly sections: Readonly<Record<string, unknown>>; readonly problems: UsageError[] } {
  const over = config.profiles[profile]
  const configured = Object.keys(schemas).filter((id) => config[id] !== undefined)
  const problems = (over?.practices ?? []).flatMap((id, index) => {
    if (configured.includes(id)) return []
    const near = nearest(id, configured)
    return [
      new UsageError({
        path: place(name, ['profiles', profile, 'practices', index]),
        given: JSON.stringify(id),
        wanted: `a practice that has a section here: ${configured.join(', ') || 'there is none'}`,
        mend: near === undefined ? `Add a section "${id}", or drop it from the profile.` : `Did you mean "${near}"?`,
      }),
    ]
  })
  const wanted = configured.filter((id) => over?.practices?.includes(id) ?? true)
  if (wanted.length === 0 && problems.length === 0) problems.push(noPractice(name, Object.keys(schemas)))
  const sections: Record<string, unknown> = {}
  for (const id of wanted) {
    const schema = schemas[id]
    const input = overlay(valueAt(raw, [id]), over?.[id])
    if (schema === undefined) continue
    const result = schema.safeParse(input)
    if (result.success) sections[id] = result.data
    // The section was valid without the profile, so what is wrong came with it and is told there.
    else problems.push(...inputProblems(result.error, { name, schema, input, at: ['profiles', profile, id] }))
  }
  return { sections, problems }
}

function noPractice(name: string, ids: readonly string[]): UsageError {
  return new UsageError({
    path: name,
    given: 'nothing to look at',
    wanted: `a section of at least one practice: ${ids.join(', ')}`,
  })
}
