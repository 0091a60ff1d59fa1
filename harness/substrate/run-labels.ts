import type { ProcessIdentity } from './process-identity.ts'

/** Label keys on what we start. The reaper and the sweep look for nothing else. */
export const runLabel = 'seatrial.run'
export const imageLabel = 'seatrial.image'

/** The marker in the environment of every process that a run starts: its value is the run's id. */
export const runMarker = 'SEATRIAL_RUN'

/** Temporary folders are `seatrial-<id>`, with the labels in a file of this name. */
export const folderPrefix = 'seatrial-'
export const ownerFile = 'seatrial-owner.json'

export type Labels = Readonly<Record<string, string>>

export function labelsOf(id: string, owner: ProcessIdentity): Labels {
  return {
    [runLabel]: id,
    'seatrial.pid': String(owner.pid),
    'seatrial.started': owner.started,
    'seatrial.boot': owner.boot,
    'seatrial.namespace': owner.namespace,
    'seatrial.host': owner.host,
  }
}

/** Reads the labels back; undefined when one is missing, and then nobody may touch the thing. */
export function ownerOf(labels: unknown): { readonly id: string; readonly owner: ProcessIdentity } | undefined {
  if (typeof labels !== 'object' || labels === null) return undefined
  const found = new Map<string, unknown>(Object.entries(labels))
  const label = (key: string): string => {
    const value = found.get(key)
    return typeof value === 'string' ? value : ''
  }
  const id = label(runLabel)
  const owner = {
    pid: Number(label('seatrial.pid')),
    started: label('seatrial.started'),
    boot: label('seatrial.boot'),
    namespace: label('seatrial.namespace'),
    host: label('seatrial.host'),
  }
  const whole = id !== '' && owner.pid > 0 && !Object.values(owner).includes('')
  return whole ? { id, owner } : undefined
}
