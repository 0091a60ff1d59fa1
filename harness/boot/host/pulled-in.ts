import type { Units } from './units.ts'

/** Units that start the unit of the same name: systemd.socket(5), systemd.timer(5), systemd.path(5). */
const starters = ['socket', 'timer', 'path']

/** Whether a boot starts a unit: a link pulls it in, or its socket, timer or path is pulled in. */
export function isPulledIn({ byName }: Units, name: string): boolean {
  const unit = byName.get(name)
  if (unit === undefined) return false
  if (unit.pulledInBy.length > 0) return true
  const base = name.replace(/\.[^.]+$/, '')
  return starters.some((kind) => {
    const starter = byName.get(`${base}.${kind}`)
    return starter?.state === 'loaded' && starter.pulledInBy.length > 0
  })
}
