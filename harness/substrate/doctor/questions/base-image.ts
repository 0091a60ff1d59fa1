import { z } from 'zod'
import { callEngine } from '../../docker/engine-call.ts'
import { findEngine } from '../../docker/engine.ts'
import { question } from '../question.ts'

const name = 'debian:bookworm-slim'
const image = z.object({ Id: z.string(), Created: z.string(), Size: z.number() })

export const baseImage = question({
  id: 'base-image',
  title: 'Base image',
  neededBy: 'run',
  async ask() {
    const engine = await findEngine()
    if (!engine.found) return { state: 'unknown', detail: 'there is no engine to ask', fix: engine.mend }
    const { status, body } = await callEngine(engine.endpoint, 'GET', `/images/${name}/json`, 4_000)
    if (status === 404) return { state: 'missing', detail: `${name} is not there`, fix: 'npm run bootstrap' }
    const { Id, Created, Size } = image.parse(body)
    const id = Id.replace('sha256:', '').slice(0, 12)
    return { state: 'ok', detail: `${name} is ${id} of ${Created.slice(0, 10)}, ${Math.round(Size / 1e6)} MB` }
  },
})
