import type { Engine } from './engine.ts'
import { mariadb } from './mariadb.ts'
import { postgres } from './postgres.ts'

export type EngineId = Engine['id']

/** The databases that drills run on. */
export const engines: Readonly<Record<EngineId, Engine>> = { mariadb, postgres }
