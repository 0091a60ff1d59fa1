import type { Fstab, FstabLine } from '../fstab/parse.ts'
import { hasOption } from '../fstab/parse.ts'

/**
 * Lines of fstab that a container cannot try: systemd passes over those with a device or a tag there and says that all is
 * well, and an image file needs a loop device from the engine.
 *
 * @param loops whether the container has loop devices
 */
export function refusedLines({ lines }: Fstab, loops: boolean): FstabLine[] {
  return lines.filter((line) => {
    const { source, type } = line
    if (source.kind === 'device' || source.kind === 'tag' || type === 'swap') return true
    const bound = hasOption(line, 'bind') || hasOption(line, 'rbind')
    // The type first: tmpfs and its like have a word for a source that means nothing.
    const isFile = source.kind === 'path' && !bound && !['none', 'overlay', 'tmpfs'].includes(type)
    return (isFile || hasOption(line, 'loop')) && !loops
  })
}
