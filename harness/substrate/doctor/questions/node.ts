import { question } from '../question.ts'

const wanted = 24

/** Node 22 parses no `await using`, which the source has; the built package does without. */
export const node = question({
  id: 'node',
  title: 'Node',
  neededBy: 'run',
  async ask() {
    const detail = `${process.versions.node} at ${process.execPath}`
    const fromSource = import.meta.url.endsWith('.ts')
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const enough = fromSource ? major >= wanted : major > 22 || (major === 22 && minor >= 22)
    return enough
      ? { state: 'ok', detail }
      : { state: 'missing', detail, fix: fromSource ? 'npm run bootstrap' : 'install Node 24: https://nodejs.org/' }
  },
})
